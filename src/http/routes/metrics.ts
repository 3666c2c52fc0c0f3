import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { refusal } from '../../auth/refusal.js';
import type { Exposition } from '../../monitoring/prometheus/exposition.js';

/**
 * `/metrics`: everything. `/metrics/database`: what is about the database alone. Open to everybody who can reach the
 * gateway: they hold sums, and neither an address nor the text of a query. Where counts of listeners are withheld they are for
 * operators, because the sizes of tables tell such counts. A scrape reads memory and waits for nobody.
 */
export function metricsRoutes(exposition: Exposition, withholdUnder: number): FastifyPluginAsync {
  return async (app) => {
    if (withholdUnder > 0)
      app.addHook('onRequest', async (request: FastifyRequest) => {
        await app.authenticate(request);
        if (request.viewer.kind !== 'operator') throw refusal(request.viewer, 'The metrics', 'operator');
      });
    app.get('/metrics', async (_request, reply) =>
      reply.type(exposition.contentType).send(await exposition.all()),
    );
    app.get('/metrics/database', async (_request, reply) =>
      reply.type(exposition.contentType).send(await exposition.database()),
    );
  };
}
