import { GatewayError } from '../../errors.js';
import { asGatewayError, codeOf } from '../failures/failures.js';
import type { Cancellation } from '../resilience/cancellation.js';
import type { Read, ReadPromise } from './read.js';

/** What is known of one query once it has ended. Never its values. */
export interface QueryMetric {
  readonly name: string;
  readonly durationMs: number;
  readonly startedAt: Date;
  readonly rows: number;
  /** The SQLSTATE, or the code of the network's error, when it failed; `NO_CONNECTION` when it got or kept none. */
  readonly errorCode?: string;
}

export type QueryObserver = (metric: QueryMetric) => void;

/** Reports every query to the observers, unless its client disconnected, and maps errors to GatewayErrors. */
export function withMetrics(observers: ReadonlySet<QueryObserver>, next: Read): ReadPromise {
  return async (statement, execution) => {
    const startedAt = new Date();
    const start = performance.now();
    const observe = (rows: number, errorCode?: string) => {
      const metric = {
        name: statement.name,
        durationMs: performance.now() - start,
        startedAt,
        rows,
        errorCode,
      };
      for (const observer of observers) observer(metric);
    };
    try {
      const rows = await new Promise<unknown[]>((onRows, onError) =>
        next(statement, execution, { onRows, onError }),
      );
      observe(rows.length);
      return rows;
    } catch (error) {
      // What was ended because nobody waits for it any more has not failed.
      if (!hasLeft(execution.signal)) observe(0, codeOf(error));
      throw asGatewayError(error);
    }
  };
}

/** Whether the client disconnected, rather than ran out of time. */
function hasLeft(signal: Cancellation | undefined): boolean {
  return signal?.aborted === true && !(signal.reason instanceof GatewayError);
}
