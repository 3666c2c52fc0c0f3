import type { FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { requestIdHeader } from '../requests/headers/request-id.js';

/** What the headers of an answer depend on. */
export interface AnswerTo {
  readonly requestId: string;
  /** The `Origin` of the request. */
  readonly origin: string | undefined;
  /** `no-store` unless set. */
  readonly cacheControl?: string;
  /** The request headers that the answer depends on, besides `Origin`. */
  readonly vary?: string | null;
}

/** Gives the headers that every answer starts from, as a flat list of names and values. */
export type AnswerHeaders = (answer: AnswerTo) => string[];

/** The headers that answers of `/graphql` depend on. */
export const graphqlVary = 'Accept, Accept-Encoding, Authorization';

/** No MIME sniffing, no Referer, no framing. */
const securityHeaders: readonly string[] = [
  ...['x-content-type-options', 'nosniff', 'referrer-policy', 'no-referrer'],
  ...['x-frame-options', 'DENY', 'content-security-policy', "frame-ancestors 'none'"],
];

/** What a page of another origin may read besides the body. */
const exposedHeaders = [
  ...[requestIdHeader, 'etag', 'last-modified', 'x-cache', 'retry-after'],
  ...['content-disposition', 'x-export-generation', 'x-export-rows', 'x-export-truncated'],
].join(', ');

/** `origins` are the exact origins whose pages may read answers, or `*`. */
export function createAnswerHeaders(origins: readonly string[]): AnswerHeaders {
  const allowsAll = origins.includes('*');
  const allowed = new Set(origins);
  const dependsOnOrigin = allowed.size > 0 && !allowsAll;
  return ({ requestId, origin, cacheControl = 'no-store', vary = null }) => {
    const headers = [requestIdHeader, requestId, 'cache-control', cacheControl, ...securityHeaders];
    const varies = dependsOnOrigin ? (vary === null ? 'Origin' : `${vary}, Origin`) : vary;
    if (varies !== null) headers.push('vary', varies);
    if (allowsAll || (origin !== undefined && allowed.has(origin)))
      headers.push(
        ...['access-control-allow-origin', allowsAll ? '*' : (origin as string)],
        ...['access-control-expose-headers', exposedHeaders],
      );
    return headers;
  };
}

/** Starts an answer of the framework from these headers; routes replace those that they know better. */
export function setStartingHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  headersOf: AnswerHeaders,
): void {
  const headers = headersOf({ requestId: request.id, origin: request.headers.origin });
  for (let n = 0; n < headers.length; n += 2) reply.header(headers[n] as string, headers[n + 1]);
}

/** Starts every answer of the framework from these headers. */
export const startingHeaders = fastifyPlugin<{ readonly headersOf: AnswerHeaders }>(
  async (app, { headersOf }) => {
    app.addHook('onRequest', (request, reply, done) => {
      setStartingHeaders(request, reply, headersOf);
      done();
    });
  },
);

/** The `Vary` of an answer that depends on further headers than it has said yet. */
export function varyWith(reply: FastifyReply, names: string): string {
  const said = reply.getHeader('vary');
  return said === undefined ? names : `${names}, ${said}`;
}
