import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Ends connections over which an answer has not moved on for `limitMs`, because whoever asked for it does not read it.
 * Until then its bytes take up memory, and its request counts as being worked on. What is still worked on is let be,
 * however long it takes; so is whoever reads slowly but reads.
 */
export function endStalledReaders(server: Server, limitMs: number): void {
  server.timeout = limitMs;
  server.prependListener('request', (_request, response: ServerResponse) => {
    // With a listener, Node.js does not destroy the socket itself.
    response.on('timeout', function (this: ServerResponse, socket: Socket) {
      if (this.writableEnded && socket.writableLength > 0) socket.destroy();
    });
  });
}
