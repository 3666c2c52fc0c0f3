import type { IncomingMessage } from 'node:http';

/** Longer bodies are read only after their client is known. */
const maxShortBytes = 16_384;

/** Whether an anonymous GET may be answered from its URL alone. */
export function isShortGet(request: IncomingMessage): boolean {
  return request.method === 'GET' && isPublic(request) && forcesPreflight(request);
}

/** Whether an anonymous POST has a short JSON body of stated length; `maxBytes` is the public's limit. */
export function isShortPost(request: IncomingMessage, maxBytes = maxShortBytes): boolean {
  const { headers, method } = request;
  if (method !== 'POST' || !isPublic(request)) return false;
  if (headers['content-encoding'] !== undefined || !isJson(headers['content-type'])) return false;
  return Number(headers['content-length'] ?? Number.NaN) <= Math.min(maxShortBytes, maxBytes);
}

/**
 * Whether a browser would send a CORS preflight before such a cross-origin GET. Apollo refuses GETs that need
 * none (CSRF).
 */
export function forcesPreflight({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'];
  if (type !== undefined) return isJson(type);
  return Boolean(headers['apollo-require-preflight'] || headers['x-apollo-operation-name']);
}

function isPublic({ headers }: IncomingMessage): boolean {
  return headers.authorization === undefined;
}

function isJson(type: string | undefined): boolean {
  return type === 'application/json' || /^application\/json\s*(;\s*charset=utf-?8)?$/i.test(type ?? '');
}

/** Reads the body of a short POST; a client that disconnects first is not answered. */
export function readShortBody(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
}
