import cors from '@fastify/cors';
import fastifyPlugin from 'fastify-plugin';

export interface CrossOriginOptions {
  /** Exact origins, or `*`; none means that browsers may call from the gateway's own origin only. */
  readonly origins: readonly string[];
}

/** How long a browser may remember what it was allowed, in seconds. */
const preflightSeconds = 600;

/** Lets browsers call from the origins that the configuration names. Credentials are never in cookies here. */
export const crossOrigin = fastifyPlugin<CrossOriginOptions>(async (app, { origins }) => {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    exposedHeaders: ['x-request-id', 'etag', 'last-modified', 'x-cache', 'retry-after'],
    maxAge: preflightSeconds,
    // Otherwise a preflight that lacks a header would be answered in plain text.
    strictPreflight: false,
  });
});
