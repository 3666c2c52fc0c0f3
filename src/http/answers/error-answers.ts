import type { FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import { noteRefusal } from '../logs/framework-answers.js';
import { type Fault, faultBody, faultOf, quoted, requestFault } from '../requests/fault.js';
import { documentPath, isDocumentTarget } from '../requests/request-target.js';
import { linger } from './linger.js';
import { faultHeaders } from './write-fault.js';

/** Methods that a 405 may name. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

export interface ErrorAnswersOptions {
  /** The methods of paths that are answered without the framework. */
  readonly elsewhere?: Readonly<Record<string, readonly string[]>>;
}

/** Gives every error of the framework the same form, whether the router, a hook or a route found it. */
export const errorAnswers = fastifyPlugin<ErrorAnswersOptions>(async (app, { elsewhere = {} }) => {
  app.setErrorHandler((error, request, reply) => {
    answerError(error, request, reply);
    return reply;
  });

  // Not `app.hasRoute`, which takes a path for a pattern and throws for "/*x".
  const routes = new Map(Object.entries(elsewhere).map(([url, allowed]) => [url, new Set(allowed)]));
  app.addHook('onRoute', ({ url, method }) => {
    const known = routes.get(url) ?? new Set();
    routes.set(url, known);
    for (const each of [method].flat()) known.add(each);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const here = routes.get(path) ?? (isDocumentTarget(path) ? routes.get(documentPath) : undefined);
    const allowed = methods.filter((method) => here?.has(method));
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

/** Answers what was thrown, and logs it unless it is a fault of the client. @returns what was answered */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): Fault {
  const fault = faultOf(error, request.headers['content-type']);
  if (fault.status >= 500)
    request.log[fault.status === 500 ? 'error' : 'warn']({ err: error }, 'a request failed');
  if (fault.status === 413) {
    reply.removeHeader('connection');
    linger(request.raw);
  }
  answer(reply, fault, error instanceof RateLimited ? error.retryAfterSeconds : undefined);
  return fault;
}

function answer(reply: FastifyReply, fault: Fault, retryAfter?: number): FastifyReply {
  noteRefusal(reply.request, fault.code);
  const headers = faultHeaders(fault, retryAfter);
  for (let n = 0; n < headers.length; n += 2) reply.header(headers[n] as string, headers[n + 1]);
  return reply
    .code(fault.status)
    .type('application/json; charset=utf-8')
    .send(faultBody(fault, reply.request.id));
}
