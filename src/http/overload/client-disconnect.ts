import type { ServerResponse } from 'node:http';
import { GatewayError } from '../../errors.js';

/**
 * Calls `leave` when the connection closes before the answer was written. Listens to the response, because a request
 * counts as closed as soon as its body was read.
 */
export function onDisconnect(response: ServerResponse, leave: () => void): void {
  response.once('close', () => {
    if (!response.writableEnded) leave();
  });
}

/** Aborts when the client disconnects, or with `TIMEOUT` after `limitMs` milliseconds. */
export function abortOnDisconnect(response: ServerResponse, limitMs: number | null): AbortSignal {
  const controller = new AbortController();
  const timer =
    limitMs === null ? undefined : setTimeout(() => controller.abort(new GatewayError('TIMEOUT')), limitMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableEnded) controller.abort(new Error('The client disconnected before the answer.'));
  });
  return controller.signal;
}
