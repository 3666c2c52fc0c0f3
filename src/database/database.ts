import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { Asker } from './execution/asker.js';
import type { Guards } from './execution/execute.js';
import type { QueryObserver } from './execution/query.js';
import type { StatementNames } from './execution/statement-names.js';
import type { DB } from './generated.js';
import type { Cancellation } from './resilience/cancellation.js';
import type { Shares } from './resilience/shares.js';

/**
 * The one door to the data: a pool and a Kysely over it, the same for a PostgreSQL server and for the embedded
 * database, so that nothing above has to know which of them it is.
 */
export interface Database {
  readonly kind: 'server' | 'embedded';
  readonly kysely: Kysely<DB>;
  readonly pool: pg.Pool;
  /** Told of every named query that was run, with its duration. */
  readonly observers: Set<QueryObserver>;
  /** Which statements the server prepares; without it none. */
  readonly statementNames?: StatementNames;
  /** What watches over the named queries of a server. */
  readonly guards?: Guards;
  /** Aborts when nobody waits any more for what is being read. */
  readonly signal?: Cancellation | undefined;
  /** Gives each client its share of the connections; without it there is one for all. */
  readonly shares?: Shares;
  /** The client that is being read for; nobody in particular unless set. */
  readonly asker?: Asker | undefined;
  /** Shown the name, the text and the rows of every named query; set for an execution that has to know what it has read. */
  readonly onRead?: (name: string, text: string, rows: readonly unknown[]) => void;
  /**
   * Appends rows to a table by COPY and gives their number. `chunks` is text in PostgreSQL's COPY text format.
   * Runs on `client`, inside whatever transaction that client is in.
   */
  copyInto(
    client: pg.PoolClient,
    table: string,
    columns: readonly string[],
    chunks: AsyncIterable<string>,
  ): Promise<number>;
  /** Runs `work` in one transaction: all of it stays, or nothing. */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Ends every connection; running queries are waited for. */
  close(): Promise<void>;
}

/** The same database for one execution. It inherits from the database, because copying takes ten times as long. */
export function forExecution(
  database: Database,
  settings: Pick<Database, 'signal' | 'asker' | 'onRead'>,
): Database {
  return Object.assign(Object.create(database), settings);
}
