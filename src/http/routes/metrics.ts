import type { FastifyPluginAsync } from 'fastify';
import type { Exposition } from '../../monitoring/prometheus/exposition.js';

/**
 * `/metrics`: everything. `/metrics/database`: what is about the database alone. Open to everybody who can reach the
 * gateway: they hold sums, and neither an address nor the text of a query. A scrape reads memory and waits for nobody.
 */
export function metricsRoutes(exposition: Exposition): FastifyPluginAsync {
  return async (app) => {
    app.get('/metrics', async (_request, reply) =>
      reply.type(exposition.contentType).send(await exposition.all()),
    );
    app.get('/metrics/database', async (_request, reply) =>
      reply.type(exposition.contentType).send(await exposition.database()),
    );
  };
}
