import fastifyPlugin from 'fastify-plugin';

/** What every answer says to browsers: take the content type at its word, tell nobody where you came from, frame nothing. */
export const securityHeaders = fastifyPlugin(async (app) => {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-frame-options', 'DENY');
    reply.header('content-security-policy', "frame-ancestors 'none'");
    done();
  });
});
