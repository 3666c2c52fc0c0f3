import type { Execution } from '../execution/execution.js';
import type { Statement } from './statement.js';

/**
 * Reads the rows of one statement for one execution. The functions `with…` in this folder wrap `next`, a `Read` or a
 * `ReadInto`. Each is called once for a pool, to save closures for each statement.
 */
export type Read = (statement: Statement, execution: Execution) => Promise<unknown[]>;

/** The same by callbacks, for everything below the breaker: a promise costs about 1 µs. Never throws. */
export type ReadInto = (statement: Statement, execution: Execution, outcome: Outcome) => void;

/** Told of the end of one statement: `onRelease` is called once, and one of the other two once. */
export interface Outcome {
  /** The connection is free again, or none was had; after a cancelled statement this is later than `onError`. */
  readonly onRelease: () => void;
  readonly onRows: (rows: unknown[]) => void;
  readonly onError: (error: unknown) => void;
}
