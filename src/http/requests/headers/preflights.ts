import fastifyPlugin from 'fastify-plugin';

/** How long a browser may remember what it was allowed, in seconds. */
const preflightSeconds = 600;

/**
 * Answers CORS preflight requests. Whether the origin is allowed is said
 * by the headers that every answer starts from. Credentials are never in cookies here.
 */
export const preflights = fastifyPlugin(async (app) => {
  app.addHook('onRequest', (request, reply, done) => {
    const isPreflight =
      request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
    if (!isPreflight || !reply.hasHeader('access-control-allow-origin')) return done();
    const wanted = request.headers['access-control-request-headers'];
    if (wanted !== undefined) reply.header('access-control-allow-headers', wanted);
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-max-age', preflightSeconds)
      .send();
  });
});
