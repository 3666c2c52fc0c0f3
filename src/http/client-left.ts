import type { ServerResponse } from 'node:http';
import { GatewayError } from '../errors.js';

/**
 * Calls `leave` when the connection closes before the answer was written. It watches the response and not the request,
 * because a request counts as closed as soon as its body was read.
 */
export function whenLeft(response: ServerResponse, leave: () => void): void {
  response.once('close', () => {
    if (!response.writableEnded) leave();
  });
}

/** Aborts when whoever asked leaves, or with `TIMEOUT` when a request has taken as long as it may, in milliseconds. */
export function untilLeft(response: ServerResponse, limitMs: number | null): AbortSignal {
  const controller = new AbortController();
  const timer =
    limitMs === null ? undefined : setTimeout(() => controller.abort(new GatewayError('TIMEOUT')), limitMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableEnded) controller.abort(new Error('Whoever asked has left before the answer.'));
  });
  return controller.signal;
}
