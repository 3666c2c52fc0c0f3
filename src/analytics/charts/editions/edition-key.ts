import { composedKey } from '../../../composed-key.js';

/** What identifies an edition: its chart, and its number in it. */
export interface EditionKey {
  readonly chart: number;
  readonly number: number;
}

/** A text that is equal for equal keys. */
export function keyOfEdition({ chart, number }: EditionKey): string {
  return composedKey(chart, number);
}
