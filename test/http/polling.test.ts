import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFresh } from '../support/databases.js';
import { type Ask, exchange } from '../support/exchange.js';
import { alice, isAsked } from '../support/fixture.js';
import { describeEachGateway, type Gateway, startGateway } from '../support/gateway.js';

const stats = '{ platformStats { totalPlays totalVolume } }';
const top =
  'query Top($first: Int! = 3, $genre: String) { trendingSongs(first: $first, genre: $genre) { songId title } }';
const operatorSecret = 'the-secret-of-an-operator-in-the-tests';
const operator = { authorization: `Bearer ${operatorSecret}` };

describeEachGateway('A poll', (gateway) => {
  const ask = (parameters: Ask['parameters'], headers: Ask['headers'] = {}) =>
    exchange(gateway().url, { parameters, headers } as Ask);
  const get = (parameters: Ask['parameters'], headers: Ask['headers'] = {}) =>
    exchange(gateway().url, { method: 'GET', parameters, headers } as Ask);
  const refresh = async () => {
    const { json } = await ask({ query: 'mutation { refreshViews { generation asOf } }' }, operator);
    const data = json?.data as { refreshViews: { generation: number; asOf: string } };
    return data.refreshViews;
  };

  it('is executed once, and then answered with the same bytes', async () => {
    const query = `${stats} # once`;
    const first = await ask({ query });
    expect(first.headers['x-cache']).toBe('miss');
    for (const again of [await ask({ query }), await get({ query }), await ask({ query })]) {
      expect(again.status).toBe(200);
      expect(again.headers['x-cache']).toBe('hit');
      expect(again.bytes.equals(first.bytes)).toBe(true);
      expect(again.headers.etag).toBe(first.headers.etag);
      expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    }
  });

  it('of a client that has the answer is answered with 304 and nothing else, by GET and by POST', async () => {
    const { headers } = await ask({ query: stats });
    for (const send of [ask, get]) {
      const again = await send({ query: stats }, { 'if-none-match': headers.etag as string });
      expect(again.status).toBe(304);
      expect(again.bytes.length).toBe(0);
      expect(again.headers['x-cache']).toBe('revalidated');
      expect(again.headers.etag).toBe(headers.etag);
      expect(again.headers['last-modified']).toBe(headers['last-modified']);
    }
  });

  it.each([
    ['*', 304],
    ['W/ETAG', 304],
    ['"other", ETAG', 304],
    ['"other",W/ETAG , "third"', 304],
    ['"other"', 200],
    ['ETAGx', 200],
    ['unquoted', 200],
    ['"', 200],
    ['', 200],
  ])('with If-None-Match %s gets %i', async (form, status) => {
    const { headers } = await ask({ query: stats });
    const tags = form.replace('ETAG', headers.etag as string);
    expect((await ask({ query: stats }, { 'if-none-match': tags })).status).toBe(status);
  });

  it('is the same question in whichever order its variables come, and with defaults spelled out', async () => {
    const query = `${top} # variables`;
    expect((await ask({ query })).headers['x-cache']).toBe('miss');
    for (const variables of [{ first: 3 }, {}, null, { unknown: 1, first: 3 }])
      expect((await ask({ query, variables })).headers['x-cache']).toBe('hit');
    expect((await ask({ query, variables: { genre: 'Rock', first: 3 } })).headers['x-cache']).toBe('miss');
    expect((await ask({ query, variables: { first: 3, genre: 'Rock' } })).headers['x-cache']).toBe('hit');
    expect((await ask({ query, variables: { first: 2 } })).headers['x-cache']).toBe('miss');
    // A null is not the same as nothing where a default would take its place.
    expect((await ask({ query, variables: { genre: null } })).headers['x-cache']).toBe('miss');
  });

  it('gives each alias and each operation of a document its own answer', async () => {
    const plain = await ask({ query: '{ platformStats { totalPlays } }' });
    const aliased = await ask({ query: '{ platformStats { plays: totalPlays } }' });
    expect(plain.json?.data).toEqual({ platformStats: { totalPlays: 94 } });
    expect(aliased.json?.data).toEqual({ platformStats: { plays: 94 } });
    const query = 'query A { platformStats { totalSongs } } query B { genres { genre } }';
    for (const round of ['miss', 'hit']) {
      const a = await ask({ query, operationName: 'A' });
      const b = await ask({ query, operationName: 'B' });
      expect([a.headers['x-cache'], b.headers['x-cache']]).toEqual([round, round]);
      expect(Object.keys(a.json?.data as object)).toEqual(['platformStats']);
      expect(Object.keys(b.json?.data as object)).toEqual(['genres']);
    }
    const unnamed = await ask({ query });
    expect(unnamed.json?.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is told how old the numbers are and for how long nothing newer is planned', async () => {
    const { headers, json } = await ask({ query: stats, extensions: { freshness: true } });
    const extensions = json?.extensions as { freshness: { generation: number; asOf: string } };
    const { freshness } = extensions;
    expect(headers['last-modified']).toBe(new Date(freshness.asOf).toUTCString());
    // The gateway of these tests has no schedule, so the next question may always bring something new.
    expect(headers['cache-control']).toBe('public, max-age=0');
    expect(freshness).toMatchObject({ nextRefreshAt: null });
    expect(headers.vary).toBe('Accept, Accept-Encoding, Authorization');
    expect((await ask({ query: stats })).json).not.toHaveProperty('extensions');
    const got = await get({ query: stats, extensions: { freshness: true } });
    expect(got.json).toEqual(json);
  });

  it('sees a refresh with the next question, and never an older one afterwards (G-CACHE-02, G-REFRESH-01)', async () => {
    const query = '{ artists(first: 1) { nodes { lastRefreshed } } platformStats { totalPlays } }';
    const before = await ask({ query });
    await gateway().database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xd9', now(), 1, 0.5)`,
    );
    expect((await ask({ query })).headers['x-cache']).toBe('hit');
    const { asOf } = await refresh();
    const after = await ask({ query }, { 'if-none-match': before.headers.etag as string });
    expect(after.status).toBe(200);
    expect(after.json?.data).toEqual({
      artists: { nodes: [{ lastRefreshed: asOf }] },
      platformStats: { totalPlays: 95 },
    });
    expect((await ask({ query })).headers['x-cache']).toBe('hit');
  });

  it('keeps its answer through a refresh that left its views alone', async () => {
    // Everything is within its windows for longer than between these two refreshes.
    await refresh();
    const query = '{ genres { genre totalSongs } }';
    const artists = { query: '{ artists(first: 1) { nodes { lastRefreshed } } }' };
    const before = await ask({ query });
    const artistsBefore = await ask(artists);
    const { generation, asOf } = await refresh();
    const after = await ask({ query, extensions: { freshness: true } });
    expect(after.headers['x-cache']).toBe('hit');
    expect(after.json?.data).toEqual(before.json?.data);
    expect(after.json?.extensions).toMatchObject({ freshness: { generation: Number(generation), asOf } });
    // The artists were not published again.
    const artistsAfter = await ask(artists);
    expect(artistsAfter.headers['x-cache']).toBe('hit');
    expect(artistsAfter.json?.data).toEqual(artistsBefore.json?.data);
  });

  it('gets an answer in the encoding it likes best, each with a tag of its own', async () => {
    const query = '{ songs(first: 24) { nodes { songId title genre playCount totalEarnings } } }';
    const plain = await ask({ query });
    const brotli = await ask({ query }, { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = await ask({ query }, { 'accept-encoding': 'gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(brotli.text).toBe(plain.text);
    expect(gzip.text).toBe(plain.text);
    expect(brotli.bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect(new Set([plain, brotli, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
    const known = { 'accept-encoding': 'br', 'if-none-match': brotli.headers.etag as string };
    expect((await ask({ query }, known)).status).toBe(304);
    expect((await ask({ query }, { 'if-none-match': brotli.headers.etag as string })).status).toBe(200);
    expect((await ask({ query }, { 'accept-encoding': 'br;q=0, gzip' })).headers['content-encoding']).toBe(
      'gzip',
    );
  });

  it('is answered in the media type that it accepts', async () => {
    for (const [accept, type] of [
      ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
      [
        'application/graphql-response+json, application/json;q=0.9',
        'application/graphql-response+json; charset=utf-8',
      ],
      ['*/*', 'application/json; charset=utf-8'],
    ] as const)
      expect((await ask({ query: stats }, { accept })).headers['content-type']).toBe(type);
    expect((await ask({ query: stats }, { accept: 'image/png' })).status).toBe(406);
  });

  it('finds a persisted query by its hash, and refuses a hash of another text', async () => {
    const query = `${stats} # persisted`;
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await get({ extensions })).json?.errors).toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ]);
    expect((await get({ query, extensions })).headers['x-cache']).toBe('miss');
    const byHash = await get({ extensions });
    expect(byHash.headers['x-cache']).toBe('hit');
    expect(byHash.json?.data).toMatchObject({ platformStats: {} });
    const wrong = await get({ query: '{ genres { genre } }', extensions });
    expect(wrong.status).toBe(400);
    expect((await get({ extensions })).text).toBe(byHash.text);
  });

  it('of a published operation is known by its hash before anybody has brought its text', async () => {
    const published = JSON.parse(readFileSync('schema/trusted-documents.json', 'utf8')) as Record<
      string,
      string
    >;
    const [sha256Hash] =
      Object.entries(published).find(([, text]) => text.startsWith('query PlatformStats')) ?? [];
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    expect((await get({ extensions })).json?.data).toMatchObject({ platformStats: {} });
  });

  it('is private when it is signed, and of the same content', async () => {
    const open = await ask({ query: stats });
    const signed = await ask({ query: stats }, operator);
    expect(signed.headers['cache-control']).toBe('private, no-cache');
    expect(signed.text).toBe(open.text);
    expect((await ask({ query: stats }, { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('for something personal, or for what moves with the clock, is never answered from memory', async () => {
    for (const query of [
      '{ viewFreshness { ageSeconds } }',
      `{ listener(address: "${alice}") { totalPlays } }`,
    ]) {
      await ask({ query }, operator);
      expect((await ask({ query }, operator)).headers['x-cache']).toBeUndefined();
      expect((await ask({ query }, operator)).headers.etag).toBeUndefined();
    }
    const mixed = `{ platformStats { totalPlays } listener(address: "${alice}") { totalPlays } }`;
    expect((await ask({ query: mixed }, operator)).json?.data).toMatchObject({
      listener: { totalPlays: expect.any(Number) },
    });
    const refused = await ask({ query: mixed });
    expect(refused.json?.data).toMatchObject({ listener: null });
    expect(refused.json?.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('that was wrong is told so each time, under its own request id, and nothing is kept', async () => {
    const query = '{ trendingSongs(first: -1) { title } }';
    const [first, second] = [await ask({ query }), await ask({ query })];
    for (const { json, headers } of [first, second]) {
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.etag).toBeUndefined();
      expect(json?.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', requestId: headers['x-request-id'] } },
      ]);
    }
    const unknown = await ask({ query: '{ platformStats { nothing } }' });
    expect(unknown.status).toBe(400);
    expect(unknown.headers['x-cache']).toBeUndefined();
  });

  it('by GET that a page elsewhere could send without asking is refused, answered before or not', async () => {
    const query = `${stats} # preflight`;
    await get({ query });
    expect((await get({ query })).headers['x-cache']).toBe('hit');
    const sly = await fetch(`${gateway().url}/graphql?query=${encodeURIComponent(query)}`);
    expect(sly.status).toBe(400);
  });

  it('costs no statement when nothing is new (G-CACHE-01)', async () => {
    const query =
      '{ topSongsThisWeek { song { title artist { artistName } } } genres { topSongs { title } } }';
    await ask({ query });
    const names: string[] = [];
    const observe = ({ name }: { name: string }) => void (isAsked(name) && names.push(name));
    gateway().database.observers.add(observe);
    for (let n = 0; n < 20; n++) await ask({ query });
    gateway().database.observers.delete(observe);
    expect(names).toEqual([]);
  });

  it('that five hundred send at once for what has just moved is executed once', async () => {
    const query = '{ songs(first: 5, orderBy: [{ field: TITLE, direction: ASC }]) { nodes { title } } }';
    const names: string[] = [];
    const observe = ({ name }: { name: string }) => void names.push(name);
    gateway().database.observers.add(observe);
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask({ query })));
    gateway().database.observers.delete(observe);
    // Where the process stands still for seconds meanwhile, the later ones say that they are stale.
    const told = answers.map(({ status, json }) => `${status} ${JSON.stringify(json?.data ?? json)}`);
    expect([...new Set(told)]).toEqual([expect.stringMatching(/^200 \{"songs":\{"nodes"/)]);
    expect(names.filter((name) => name === 'songs.page')).toHaveLength(1);
  });

  it('is still run for the others when the client that came first leaves', async () => {
    const query = '{ songs(first: 6, orderBy: [{ field: TITLE, direction: ASC }]) { nodes { title } } }';
    const leaving = new AbortController();
    const first = fetch(`${gateway().url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    }).catch(() => null);
    const second = ask({ query });
    leaving.abort();
    await first;
    expect((await second).json?.data).toMatchObject({ songs: { nodes: expect.any(Array) } });
  });
});

describe('Operations that are asked for again and again', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    const database = await openFresh('fixture');
    gateway = await startGateway(database, { RESPONSE_CACHE: 'off' });
  });
  afterAll(() => gateway?.close());

  it.each([
    '{ platformStats { __typename totalPlays totalVolume avgPayment } }',
    '{ artists(first: 4) { totalCount edges { cursor node { artistName songs(first: 2) { nodes { title } } } } pageInfo { hasNextPage endCursor } } }',
    'query ($skip: Boolean = true) { songs(filter: { or: [{ genre: { in: ["Rock"] } }, { playCount: { gte: 3 } }] }) { nodes { title genre @skip(if: $skip) artist { ...Name } } } } fragment Name on Artist { name: artistName totalEarnings }',
    '{ topSongsThisWeek(first: 9) { rank song { lastPlayed strategy } artist { lastPlayDate } } genres { genre topSongs(first: 2) { title } } }',
    '{ song(id: "nobody") { title } artist(address: "0xa11ce") { artistAddress topSongs { songId trendingScore } } }',
  ])('are compiled, and answer what they answered before: %s', async (query) => {
    const texts: string[] = [];
    for (let n = 0; n < 6; n++) {
      const { text, headers } = await exchange(gateway.url, { parameters: { query } });
      expect(headers['x-cache']).toBe('miss');
      texts.push(text);
    }
    expect(JSON.parse(texts[0] as string)).not.toHaveProperty('errors');
    expect(new Set(texts).size).toBe(1);
  });

  it('give the same errors once they are compiled', async () => {
    const query =
      'query ($first: Int!) { trendingSongs(first: $first) { title } searchSongs(query: "  ") { title } }';
    const answers: unknown[] = [];
    for (let n = 0; n < 6; n++) {
      const { json } = await exchange(gateway.url, { parameters: { query, variables: { first: 101 } } });
      const errors = (json?.errors ?? []) as {
        path?: unknown;
        message: string;
        extensions: { code: string };
      }[];
      answers.push(
        errors
          .map(({ path, message, extensions }) => ({ path, message, code: extensions.code }))
          .sort((one, other) => (one.message < other.message ? -1 : 1)),
      );
    }
    expect(answers[0]).toHaveLength(1);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });
});
