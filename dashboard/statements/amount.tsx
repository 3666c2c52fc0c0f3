import { decimal } from '../format.ts';

/** An amount in a column of FLOW: rounded to be read, exact under the pointer. */
export function Amount({ value }: { readonly value: string }) {
  return <span title={`${value} FLOW`}>{decimal(value)}</span>;
}
