import type { Compilable } from 'kysely';
import type { Reader } from '../../database/reader/reader.js';

/** A reader that says which counts of listeners may be shown of what it reads. */
export interface AnalyticsReader extends Reader {
  /** Counts of different listeners below this number are withheld; 0 withholds none. */
  readonly withholdUnder: number;
}

/** Reads through `next`. */
export class WithholdingReader implements AnalyticsReader {
  readonly #next: Reader;
  readonly withholdUnder: number;

  constructor(next: Reader, withholdUnder: number) {
    this.#next = next;
    this.withholdUnder = withholdUnder;
  }

  read<Row>(name: string, query: Compilable<Row>): Promise<Row[]> {
    return this.#next.read(name, query);
  }
}
