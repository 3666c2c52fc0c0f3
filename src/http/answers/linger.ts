import type { IncomingMessage } from 'node:http';

/** How long a body that is not wanted may go on arriving, so that its sender gets to read the answer. */
const lingerMs = 5_000;

/**
 * Reads the rest of a body and discards it. A connection that is closed while its client is still sending is reset, and
 * the answer is lost with it.
 */
export function linger(request: IncomingMessage): void {
  request.resume();
  const deadline = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, lingerMs);
  deadline.unref();
  request.once('end', () => clearTimeout(deadline));
}
