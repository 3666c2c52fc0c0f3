import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { retryAfterSeconds } from '../../graphql/retry-after.js';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import { noteRefusal } from '../logs/count-requests.js';
import { type Fault, faultBody, faultOf, quoted, requestFault } from '../requests/fault.js';

/** Methods that a path is asked for when somebody used one that it does not have. */
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** How long a body that is not wanted may go on arriving, so that its sender gets to read the answer. */
const lingerMs = 5_000;

/** Gives every error the same form, whoever found it: the router, the body's parser, a hook or a route. */
export const errorAnswers = fastifyPlugin(async (app) => {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));

  // Not `app.hasRoute`, which takes a path for a pattern and throws for "/*x".
  const routes = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = routes.get(url) ?? new Set();
    routes.set(url, known);
    for (const each of [method].flat()) known.add(each);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = methods.filter((method) => routes.get(path)?.has(method));
    if (allowed.length === 0)
      return answer(
        reply,
        requestFault(404, 'The path: expected one that exists, got another. GraphQL is at /graphql.'),
      );
    reply.header('allow', allowed.join(', '));
    return answer(
      reply,
      requestFault(405, `The method: expected ${allowed.join(' or ')}, got ${quoted(request.method)}.`),
    );
  });
});

/** Answers what was thrown, and logs it if it is nobody's fault but the gateway's. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const bodyLimit = (request.server as FastifyInstance).initialConfig.bodyLimit ?? 0;
  const fault = faultOf(error, request.headers['content-type'], bodyLimit);
  if (fault.status >= 500)
    request.log[fault.status === 500 ? 'error' : 'warn']({ err: error }, 'a request failed');
  if (fault.status === 413) linger(request, reply);
  if (error instanceof RateLimited) reply.header('retry-after', error.retryAfterSeconds);
  if (fault.status === 401) reply.header('www-authenticate', 'Bearer');
  return answer(reply, fault);
}

function answer(reply: FastifyReply, fault: Fault): FastifyReply {
  noteRefusal(reply.request, fault.code);
  if (fault.code === 'UNAVAILABLE') reply.header('retry-after', retryAfterSeconds);
  return reply
    .code(fault.status)
    .type('application/json; charset=utf-8')
    .send(faultBody(fault, reply.request.id));
}

/**
 * Lets the rest of a body come in and go to waste. A connection that is closed while the other side is still sending
 * is reset, and the answer is lost with it.
 */
function linger(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  request.raw.resume();
  const deadline = setTimeout(() => {
    if (!request.raw.complete) request.raw.socket.destroy();
  }, lingerMs);
  deadline.unref();
  request.raw.once('end', () => clearTimeout(deadline));
}
