import { EntityTags } from './entity-tags.js';

/**
 * A `fetch` that caches answers by entity tag, as browsers do, for GraphQL clients outside browsers: an
 * unchanged answer costs a 304 and is returned from memory. It remembers per method,
 * URL, body and credentials.
 */
export function createTagFetch(fetch: typeof globalThis.fetch = globalThis.fetch): typeof globalThis.fetch {
  const tags = new EntityTags<{ readonly text: string; readonly headers: Headers }>();
  return async (input, init = {}) => {
    const headers = new Headers(init.headers);
    const { method = 'GET', body } = init;
    const isPlain = !(input instanceof Request) && (body == null || typeof body === 'string');
    if (!isPlain) return fetch(input, init);
    const key = [method, String(input), body ?? '', headers.get('authorization') ?? ''].join('\n');
    const known = tags.find(key);
    if (known) headers.set('if-none-match', known.etag);
    const response = await fetch(input, { ...init, headers });
    if (response.status === 304 && known)
      return new Response(known.kept.text, { headers: known.kept.headers });
    const etag = response.headers.get('etag');
    if (response.status !== 200 || etag === null) return response;
    const text = await response.text();
    tags.keep(key, etag, { text, headers: response.headers });
    return new Response(text, { headers: response.headers });
  };
}
