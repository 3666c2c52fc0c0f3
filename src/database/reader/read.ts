import type { Execution } from '../execution/execution.js';
import type { Statement } from './statement.js';

/**
 * Reads the rows of one statement for one execution. The functions `with…` in this folder wrap `next`, a
 * `Read` or a `ReadAndRelease`. Each is called once for a pool, to save closures for each statement, and
 * returns
 * the promise of `next` unless it has something to do afterwards: a promise costs about 1 µs.
 */
export type Read = (statement: Statement, execution: Execution) => Promise<unknown[]>;
