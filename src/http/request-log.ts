import fastifyPlugin from 'fastify-plugin';

/**
 * One line for each answer: the route and never the path, because a path may hold anything. What went well is told
 * at `debug`, what was refused at `info`, what failed at `warn`.
 */
export const requestLog = fastifyPlugin(async (app) => {
  app.addHook('onResponse', (request, reply, done) => {
    const status = reply.statusCode;
    const level = status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug';
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        viewer: request.viewer.kind,
      },
      'answered',
    );
    done();
  });
});
