import type { Compilable } from 'kysely';
import type { Reader } from '../reader/reader.js';
import type { Cancellation } from '../resilience/cancellation.js';

/** The values of one row, in the order of the columns. */
export type RowValues = readonly unknown[];

/** The rows of one statement, read piece by piece. */
export interface RowCursor {
  /** The next rows, at most `count`; none at the end. */
  fetch(count: number): Promise<readonly RowValues[]>;
}

/** One state of the database. Whatever is read in it was there at the same instant. */
export interface Snapshot {
  /** Reads until a cursor is open. */
  readonly reader: Reader;
  /** Opens the only cursor. On a server whose view was replaced meanwhile, the work begins again in a newer snapshot. */
  openCursor(name: string, query: Compilable<unknown>): Promise<RowCursor>;
}

/**
 * Runs `work` in one snapshot, which ends with it. When `signal` aborts, the running statement is cancelled and the
 * reason of the signal is thrown.
 * @throws GatewayError what the database said; whatever `work` throws passes as it is
 */
export type InSnapshot = <T>(signal: Cancellation, work: (snapshot: Snapshot) => Promise<T>) => Promise<T>;
