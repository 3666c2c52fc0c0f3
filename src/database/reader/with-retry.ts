import { isLostConnection } from '../failures/failures.js';
import type { Read } from './read.js';
import { cancelled } from './with-cancellation.js';

/** Reads once more, over another connection, where the first one was lost. Only for statements that change nothing. */
export function withRetry(next: Read): Read {
  return (statement, execution, { onRows, onError }) => {
    const { signal } = execution;
    const fail = (error: unknown) => onError(signal?.aborted ? cancelled(signal) : error);
    next(statement, execution, {
      onRows,
      onError(error) {
        if (signal?.aborted || !isLostConnection(error)) fail(error);
        // Wait one event-loop turn: by then the other connections that broke are known.
        else setImmediate(() => next(statement, execution, { onRows, onError: fail }));
      },
    });
  };
}
