import type { FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { ErrorCode } from '../../errors.js';
import type { RequestMetrics } from '../../monitoring/prometheus/request-metrics.js';

const refusals = new WeakMap<FastifyRequest, ErrorCode>();

/** Says what a request is being refused for, to whoever counts it once it has been answered. */
export function noteRefusal(request: FastifyRequest, code: ErrorCode): void {
  refusals.set(request, code);
}

/** Counts every answer by its route, never by its path, and refusals by what they were refused for. */
export function countRequests(metrics: RequestMetrics) {
  return fastifyPlugin(async (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      metrics.answered(request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime);
      const code = refusals.get(request);
      if (code) metrics.rejected(code);
      done();
    });
  });
}
