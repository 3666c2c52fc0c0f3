import type { Execution } from '../execution/execution.js';
import type { Statement } from './statement.js';

/**
 * Reads the rows of one statement for one execution; never throws. By callbacks, because each promise on the way costs about
 * 1 µs. The functions `with…` in this folder wrap `next`; each is called once for a pool, to save closures for each
 * statement.
 */
export type Read = (statement: Statement, execution: Execution, outcome: Outcome) => void;

/** The same where the caller has to know when the connection is free again. */
export type ReadAndRelease = (statement: Statement, execution: Execution, outcome: ReleasingOutcome) => void;

/** The same by a promise. */
export type ReadPromise = (statement: Statement, execution: Execution) => Promise<unknown[]>;

/** Told of the end of one statement: one of the two is called once. */
export interface Outcome {
  readonly onRows: (rows: unknown[]) => void;
  readonly onError: (error: unknown) => void;
}

export interface ReleasingOutcome extends Outcome {
  /** Called once. The connection is free again, or none was had; after a cancelled statement this is later than `onError`. */
  readonly onRelease: () => void;
}
