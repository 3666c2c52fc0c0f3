import type { FastifyReply } from 'fastify';

/**
 * Aborts when the connection closes before the answer was written. It watches the response and not the request,
 * because a request counts as closed as soon as its body was read.
 */
export function clientLeft(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort(new Error('Whoever asked has left before the answer.'));
  });
  return controller.signal;
}
