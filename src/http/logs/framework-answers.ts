import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { ErrorCode } from '../../errors.js';
import type { Answering } from '../answers/exchange.js';

const refusals = new WeakMap<FastifyRequest, ErrorCode>();

/** Records the code that a request is refused with, for the count of refusals. */
export function noteRefusal(request: FastifyRequest, code: ErrorCode): void {
  refusals.set(request, code);
}

/** Counts and logs every answer of the framework by its route, never by its path. */
export const frameworkAnswers = fastifyPlugin<Pick<Answering, 'logAnswer' | 'metrics'>>(
  async (app, { logAnswer, metrics }) => {
    app.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      metrics?.answered(route, reply.statusCode, reply.elapsedTime);
      const code = refusals.get(request);
      if (code) metrics?.rejected(code);
      logAnswer({
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
        viewer: request.viewer.kind,
      });
      done();
    });
  },
);
