import { GatewayError } from '../../errors.js';
import type { Cancellation } from '../resilience/cancellation.js';
import type { Read } from './read.js';

/** Begins nothing that nobody waits for any more. */
export function withCancellation(next: Read): Read {
  return (statement, execution, outcome) => {
    const { signal } = execution;
    if (signal?.aborted) outcome.onError(cancelled(signal));
    else next(statement, execution, outcome);
  };
}

/** What callers see of a statement that nobody waits for any more. */
export function cancelled({ reason }: Cancellation): GatewayError {
  if (reason instanceof GatewayError) return reason;
  return new GatewayError('UNAVAILABLE', 'The client disconnected before the answer.');
}
