import { fileURLToPath } from 'node:url';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { varyWith } from '../answers/answer-headers.js';
import { type BuiltFile, listBuiltFiles } from '../built-files.js';
import { namesTag } from '../requests/headers/entity-tags.js';
import { encodingFor } from '../requests/headers/negotiation.js';

/** The same from `src/` and from `dist/`. */
const builtPages = fileURLToPath(new URL('../../../dashboard/dist/', import.meta.url));

/** What every page may do: ask this gateway, and load what came with it. */
const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The pages by their paths, and what each may do. */
const pages: readonly { readonly url: string; readonly file: string; readonly policy: object }[] = [
  { url: '/dashboard', file: 'dashboard.html', policy },
  {
    url: '/graphiql',
    file: 'graphiql.html',
    // Its editor writes style elements as it goes, draws with images and fonts of its style sheet, and has workers.
    policy: {
      ...policy,
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self' data:",
      'worker-src': "'self' blob:",
    },
  },
];

/** Their names hold a hash of what is in them, so what is there once is there for ever, in seconds. */
const forever = 'public, max-age=31536000, immutable';

/**
 * `/dashboard`, where `/` leads, and `/graphiql`, with the files that they load. Where they were not built there are none.
 */
export function pageRoutes(folder = builtPages): FastifyPluginAsync {
  return async (app) => {
    const files = new Map(listBuiltFiles(folder).map((file) => [file.name, file]));
    if (files.size === 0) app.log.debug({ folder }, 'the pages have not been built');
    // Relative, so that it leads there below whatever path a proxy puts the gateway.
    if (files.has('dashboard.html')) app.get('/', (_request, reply) => reply.redirect('dashboard'));
    for (const { url, file, policy } of pages) {
      const page = files.get(file);
      if (!page) continue;
      const contentSecurityPolicy = Object.entries(policy)
        .map(([directive, sources]) => `${directive} ${sources}`)
        .join('; ');
      app.get(url, (request, reply) => {
        reply.header('content-security-policy', contentSecurityPolicy);
        reply.header('cross-origin-opener-policy', 'same-origin');
        return send(page, 'no-cache', request, reply);
      });
    }
    for (const [name, file] of files)
      if (name.startsWith('pages/'))
        app.get(`/${name}`, (request, reply) => send(file, forever, request, reply));
  };
}

async function send(file: BuiltFile, cacheControl: string, request: FastifyRequest, reply: FastifyReply) {
  const { bytes, encoding, etag } = await file.read(
    encodingFor(request.headers['accept-encoding'] as string),
  );
  reply
    .header('cache-control', cacheControl)
    .header('etag', etag)
    .header('vary', varyWith(reply, 'Accept-Encoding'));
  if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(file.contentType).send(bytes);
}
