import { GatewayError } from '../../errors.js';
import type { Cancellation } from '../resilience/cancellation.js';
import type { Read } from './read.js';

/** Begins nothing that nobody waits for any more. */
export function withCancellation(next: Read): Read {
  return (statement, execution) => {
    throwIfCancelled(execution.signal);
    return next(statement, execution);
  };
}

/** @throws GatewayError when nobody waits for the result any more. */
export function throwIfCancelled(signal: Cancellation | undefined): void {
  if (!signal?.aborted) return;
  if (signal.reason instanceof GatewayError) throw signal.reason;
  throw new GatewayError('UNAVAILABLE', 'The client disconnected before the answer.');
}
