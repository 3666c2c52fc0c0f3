import type { FastifyPluginAsync } from 'fastify';
import type { CheckReadiness } from '../readiness.js';

/** `/healthz`: the process is alive, whatever else is not. `/readyz`: it can serve, or why it cannot. */
export function healthRoutes(checkReadiness: CheckReadiness): FastifyPluginAsync {
  return async (app) => {
    app.get('/healthz', async () => ({ status: 'alive' }));

    app.get('/readyz', async (_request, reply) => {
      const { ready, reasons } = await checkReadiness();
      return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', reasons });
    });
  };
}
