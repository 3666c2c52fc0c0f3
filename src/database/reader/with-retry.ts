import { setImmediate as nextTurn } from 'node:timers/promises';
import { isLostConnection } from '../failures/failures.js';
import type { Read } from './read.js';
import { throwIfCancelled } from './with-cancellation.js';

/** Reads once more, over another connection, where the first one was lost. Only for statements that change nothing. */
export function withRetry(next: Read): Read {
  return async (statement, execution) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await next(statement, execution);
      } catch (error) {
        throwIfCancelled(execution.signal);
        if (attempt > 1 || !isLostConnection(error)) throw error;
        // Whatever else broke at the same moment is known by then.
        await nextTurn();
      }
    }
  };
}
