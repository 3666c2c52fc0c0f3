import { expect, it } from 'vitest';
import {
  ClearQueryMetricsDocument,
  GatewayHealthDocument,
  ListenerDocument,
  PlatformStatsDocument,
  TrendingSongsDocument,
} from '../../src/client/operations.js';
import { sha256Of } from '../../src/limits/documents/trusted-documents.js';
import { exchange } from '../support/exchange.js';
import { alice } from '../support/fixture.js';
import { describeEachGateway } from '../support/gateway.js';

const trending = `/q/${TrendingSongsDocument.hash}`;
const withVariables = (variables: object) => `?variables=${encodeURIComponent(JSON.stringify(variables))}`;

describeEachGateway('The address of a published document', (gateway) => {
  const get = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(gateway().url + target, { method, headers });

  it('has the answer that /graphql has for its hash, byte for byte, without a header', async () => {
    const there = await exchange(gateway().url, {
      method: 'GET',
      parameters: {
        variables: { first: 3 },
        extensions: { persistedQuery: { version: 1, sha256Hash: TrendingSongsDocument.hash } },
      },
    });
    const here = await get(trending + withVariables({ first: 3 }), { 'accept-encoding': 'identity' });
    expect(await here.text()).toBe(there.text);
    for (const name of ['etag', 'last-modified', 'cache-control', 'surrogate-key', 'cache-tag'])
      expect(here.headers.get(name), name).toBe(there.headers[name]);
    expect(here.headers.get('x-cache')).toBe('hit');
  });

  it('is the same for whatever form a client accepts, so that an edge keeps one of it', async () => {
    for (const accept of ['text/html', 'application/graphql-response+json', 'image/png']) {
      const { status, headers } = await get(trending, { accept });
      expect([status, headers.get('content-type'), headers.get('vary')]).toEqual([
        200,
        'application/json; charset=utf-8',
        'Accept-Encoding',
      ]);
    }
  });

  it('answers 304 to who has the answer, and nothing but the headers to HEAD', async () => {
    const etag = (await get(trending)).headers.get('etag') as string;
    const again = await get(trending, { 'if-none-match': etag });
    expect([again.status, again.headers.get('x-cache')]).toEqual([304, 'revalidated']);
    expect(again.headers.get('surrogate-key')).toContain('mycelix-analytics');
    const head = await get(trending, {}, 'HEAD');
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
  });

  it('says how fresh its answer is when it is asked to', async () => {
    const extensions = encodeURIComponent('{"freshness":true}');
    const body = await (await get(`${trending}?extensions=${extensions}`)).json();
    expect(body).toMatchObject({ extensions: { freshness: { generation: expect.any(Number) } } });
  });

  it('names what its answer was made of', async () => {
    const { generation } = await gateway()
      .read<{ refreshViews: { generation: number } }, object>(
        'mutation { refreshViews { generation } }',
        {},
        'operator',
      )
      .then(({ refreshViews }) => refreshViews);
    const keys = (await get(trending)).headers.get('surrogate-key');
    expect(keys).toBe(`mycelix-analytics mv_song_analytics generation-${generation}`);
    expect((await get(trending)).headers.get('cache-tag')).toBe(keys?.replaceAll(' ', ','));
    const stats = await get(`/q/${PlatformStatsDocument.hash}`);
    expect(stats.headers.get('surrogate-key')).toContain(' mv_platform_stats ');
  });

  it('has nothing for a document that is not published, however often it came to /graphql', async () => {
    const query = '{ platformStats { totalPlays } } # not published';
    const sha256Hash = sha256Of(query);
    const known = await exchange(gateway().url, {
      parameters: { query, extensions: { persistedQuery: { version: 1, sha256Hash } } },
    });
    expect(known.status).toBe(200);
    for (const name of [sha256Hash, TrendingSongsDocument.hash.toUpperCase(), '', 'toString', '../graphql']) {
      const { status, headers } = await get(`/q/${encodeURIComponent(name)}`);
      expect([status, headers.get('cache-control')], name).toEqual([404, 'no-store']);
    }
  });

  it('changes nothing, and shows nothing that is private', async () => {
    const clear = await get(`/q/${ClearQueryMetricsDocument.hash}`);
    expect(clear.status).toBe(404);
    expect((await get(`/q/${GatewayHealthDocument.hash}`)).status).toBe(401);
    const listener = await get(`/q/${ListenerDocument.hash}${withVariables({ address: alice })}`);
    expect(await listener.json()).toMatchObject({
      data: { listener: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    for (const { headers } of [clear, listener]) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('surrogate-key')).toBeNull();
    }
  });

  it.each([
    ['other parameters', `${trending}?query={platformStats{totalPlays}}`, {}, 400, 'no parameters but'],
    ['variables that are no JSON', `${trending}?variables=3`, {}, 400, 'expected a JSON object'],
    ['a variable of another type', trending + withVariables({ first: 'x' }), {}, 400, 'first'],
    ['variables twice', `${trending}?variables={}&variables={}`, {}, 400, 'once'],
    ['credentials', trending, { authorization: 'Bearer x' }, 400, 'ask /graphql'],
  ])('refuses %s', async (_what, target, headers, status, message) => {
    const response = await get(target, headers as Record<string, string>);
    expect([response.status, response.headers.get('cache-control')]).toEqual([status, 'no-store']);
    expect(await response.text()).toContain(message);
  });

  it('refuses other methods', async () => {
    const { status, headers } = await get(trending, {}, 'POST');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('says the keys of answers of /graphql to everybody alike, and none where an answer is personal', async () => {
    expect((await gateway().ask(TrendingSongsDocument)).headers.get('surrogate-key')).toContain(
      'mv_song_analytics',
    );
    for (const asker of [alice, 'operator'] as const)
      expect((await gateway().ask(TrendingSongsDocument, {}, asker)).headers.get('surrogate-key')).toBeNull();
  });
});

describeEachGateway(
  'The address of a published document, without a cache',
  (gateway) => {
    it('has the same answer, executed each time', async () => {
      const response = await fetch(`${gateway().url}${trending}`);
      expect(await response.json()).toMatchObject({ data: { trendingSongs: expect.any(Array) } });
      expect((await fetch(`${gateway().url}${trending}`, { method: 'HEAD' })).status).toBe(200);
    });
  },
  { RESPONSE_CACHE: 'off' },
);
