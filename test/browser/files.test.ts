import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFresh } from '../support/databases.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { buildPagesOnce } from './chromium.js';

describe('The files of the pages', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    buildPagesOnce();
    gateway = await startGateway(await openFresh());
  });
  afterAll(() => gateway?.close());

  const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(gateway.url + path, {
      headers: { 'accept-encoding': 'identity', ...headers },
    });
    return { response, text: await response.text() };
  };
  const scriptOf = async () =>
    /src="\.\/(pages\/[^"]+\.js)"/.exec((await get('/dashboard')).text)?.[1] as string;

  it.each(['/dashboard', '/graphiql'])('%s lets in no script but its own files', async (path) => {
    const { response, text } = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy.replace(/style-src [^;]+;/, '')).not.toContain('unsafe-inline');
    expect(text).not.toMatch(/<script(?![^>]* src=)/);
    expect(text).not.toContain('https:');
  });

  it('are led to from the root', async () => {
    const response = await fetch(gateway.url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'dashboard']);
    expect((await get('/')).response.url).toBe(`${gateway.url}/dashboard`);
  });

  it('are the same in every encoding, are kept for ever, and answer with 304 to their tag', async () => {
    const script = `/${await scriptOf()}`;
    const plain = await get(script);
    expect(plain.response.headers.get('content-encoding')).toBeNull();
    const tags = new Set([plain.response.headers.get('etag')]);
    for (const [encoding, decode] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { statusCode, headers, bytes } = await raw(gateway.url + script, encoding);
      expect(statusCode).toBe(200);
      expect(headers['content-encoding']).toBe(encoding);
      expect(headers.vary).toBe('Accept-Encoding');
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(decode(bytes).toString()).toBe(plain.text);
      expect(bytes.length).toBeLessThan(plain.text.length / 2);
      tags.add(headers.etag as string);
    }
    expect(tags.size).toBe(3);
    const etag = plain.response.headers.get('etag') as string;
    const { response } = await get(script, { 'if-none-match': etag });
    expect(response.status).toBe(304);
  });

  it('are those that were built and nothing else of the disk', async () => {
    for (const path of ['/pages/', '/pages/none.js', '/pages/..%2f..%2fpackage.json', '/dashboard.html'])
      expect((await get(path)).response.status, path).toBe(404);
  });
});

/** The bytes as they come, which `fetch` decodes. */
function raw(url: string, encoding: string) {
  return new Promise<{
    statusCode: number | undefined;
    headers: IncomingHttpHeaders;
    bytes: Buffer;
  }>((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ statusCode: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}
