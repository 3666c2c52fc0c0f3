import type pg from 'pg';
import type { Reader } from '../reader/reader.js';

/** What a statement gave. */
export type Result<Row extends object> = Pick<pg.QueryResult<Row>, 'rows' | 'rowCount'>;

/** Takes SQL that is written out: a session, or a database, which takes any connection for it. */
export interface Queryable {
  /** Runs one statement, or several where there are no values. The driver's errors pass as they are. */
  // biome-ignore lint/suspicious/noExplicitAny: as the driver's own types
  query<Row extends object = any>(text: string, values?: readonly unknown[]): Promise<Result<Row>>;
}

/** One connection, inside a transaction or held for a while. */
export interface Session extends Queryable {
  /** Runs named queries on this connection. Nobody observes them. */
  readonly reader: Reader;
  /** Appends rows to a table by COPY and gives their number. `chunks` is text in PostgreSQL's COPY text format. */
  copyInto(table: string, columns: readonly string[], chunks: AsyncIterable<string>): Promise<number>;
}
