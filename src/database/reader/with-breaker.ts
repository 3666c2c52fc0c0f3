import { GatewayError } from '../../errors.js';
import { CannotConnect } from '../connection/on-connection.js';
import { NoAnswer } from '../connection/with-deadline.js';
import { isLostConnection, isWaitTooLong } from '../failures/failures.js';
import type { Breaker } from '../resilience/breaker.js';
import type { Cancellation } from '../resilience/cancellation.js';
import type { Read } from './read.js';

/** Fails at once while the server cannot be reached, and finds out from other statements whether it can. */
export function withBreaker(breaker: Breaker, next: Read): Read {
  return (statement, execution, { onRows, onError }) => {
    const refusal = breaker.refusal();
    if (refusal) return onError(refusal);
    next(statement, execution, {
      onRows(rows) {
        breaker.answered();
        onRows(rows);
      },
      onError(error) {
        if (error instanceof CannotConnect)
          return onError(judgeConnecting(breaker, error.cause, execution.signal));
        judge(breaker, error, execution.signal);
        onError(error);
      },
    });
  };
}

/** What callers see of a connection that could not be made. */
function judgeConnecting(breaker: Breaker, cause: unknown, signal: Cancellation | undefined): unknown {
  if (!signal?.aborted && !isWaitTooLong(cause)) breaker.failed(cause);
  // What failed to connect is no connection that was lost, and is not asked for again at once.
  return isLostConnection(cause) ? new GatewayError('UNAVAILABLE', undefined, cause) : cause;
}

/** What the failure of a statement says about the server. */
function judge(breaker: Breaker, error: unknown, signal: Cancellation | undefined): void {
  // One connection that is silent while others get answers is its own trouble.
  if (error instanceof NoAnswer) {
    if (!breaker.hasAnsweredSince(error.askedAtMs)) breaker.failed(error);
    return;
  }
  // A GatewayError comes from the bulkhead or the client's share, which did not ask the server.
  const isFromServer = !(error instanceof GatewayError) && !isLostConnection(error) && !signal?.aborted;
  if (isFromServer) breaker.answered();
}
