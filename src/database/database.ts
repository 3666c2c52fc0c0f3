import type { Execution } from './execution/execution.js';
import type { PoolCounts } from './pool-counts.js';
import type { Reader } from './reader/reader.js';
import type { QueryObserver } from './reader/with-metrics.js';
import type { Queryable, Session } from './session/session.js';
import type { InSnapshot } from './session/snapshot.js';

export type DatabaseKind = 'server' | 'embedded';

/**
 * An open database, the same for a PostgreSQL server and for the embedded one. What only reads is given one of its
 * readers, and what needs one connection for several statements works in a session.
 */
export interface Database extends Queryable {
  readonly kind: DatabaseKind;
  /** Told of every query that was read under a name, with its duration. */
  readonly observers: Set<QueryObserver>;
  /** The maximum number of connections. */
  readonly maxConnections: number;
  /** Settles with the reason when an embedded database has ended by itself; a server may always come back. */
  readonly lost?: Promise<Error>;
  /** Reads for the gateway itself. */
  readonly reader: Reader;
  /** Reads for one execution. */
  readerFor(execution: Execution): Reader;
  /** Holds one connection while `work` runs. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction: all of it stays, or nothing. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Reads one state of the database in pieces, for as long as that takes. Nobody observes its queries. */
  readonly snapshot: InSnapshot;
  /** Counts connections, without asking the database. */
  poolCounts(): PoolCounts;
  /** Ends every connection; running queries are waited for. */
  close(): Promise<void>;
}
