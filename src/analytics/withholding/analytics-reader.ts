import type { Compilable } from 'kysely';
import type { Reader } from '../../database/reader/reader.js';

/** A reader, and which counts may be shown of what is read by it. It withholds nothing itself; `viewRows` does. */
export class AnalyticsReader implements Reader {
  readonly #next: Reader;
  /** Counts of different listeners below this number are withheld; 0 withholds none. */
  readonly withholdUnder: number;

  constructor(next: Reader, withholdUnder: number) {
    this.#next = next;
    this.withholdUnder = withholdUnder;
  }

  read<Row>(name: string, query: Compilable<Row>): Promise<Row[]> {
    return this.#next.read(name, query);
  }
}
