import { type IncomingHttpHeaders, request as send } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** An answer as it came over the wire, its bytes untouched. */
export interface Exchange {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The bytes decompressed, as text. */
  readonly text: string;
  /** The text as JSON; null for an empty body. */
  readonly json: Record<string, unknown> | null;
}

export interface Ask {
  readonly method?: 'GET' | 'POST';
  /** The parameters of a GraphQL request: the body of a POST, or the query of a GET. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request without anything that `fetch` adds or hides, such as compression. */
export function exchange(
  url: string,
  { method = 'POST', parameters = {}, headers = {} }: Ask,
): Promise<Exchange> {
  const target = new URL('/graphql', url);
  if (method === 'GET')
    for (const [name, value] of Object.entries(parameters))
      target.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const body = method === 'POST' ? Buffer.from(JSON.stringify(parameters)) : null;
  return new Promise((resolve, reject) => {
    const request = send(
      target,
      {
        method,
        headers: {
          'content-type': 'application/json',
          ...(body && { 'content-length': String(body.length) }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = decoded(bytes, response.headers['content-encoding']).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes,
            text,
            json: text === '' ? null : (JSON.parse(text) as Record<string, unknown>),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function decoded(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}
