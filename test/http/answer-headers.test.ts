import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlatformStatsDocument } from '../../src/client/operations.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { operatorCredentials } from '../security/gateway.js';
import { openFresh } from '../support/databases.js';
import { loadFixture } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { startPostgres } from '../support/postgres.js';
import {
  type RawAnswer,
  type RawRequest,
  rawExchange,
  rawRequest,
  startExchange,
} from '../support/raw-exchange.js';

const origin = 'https://app.test';
const json = { 'content-type': 'application/json' };
const trending = '{ trendingSongs(first: 3) { title } }';
const freshness = '{ viewFreshness { view ageSeconds } }';

const get = (query: string, headers: RawRequest['headers'] = json): RawRequest => ({
  target: `/graphql?query=${encodeURIComponent(query)}`,
  headers,
});
const post = (query: string, headers: RawRequest['headers'] = {}): RawRequest => ({
  method: 'POST',
  target: '/graphql',
  headers: { ...json, ...headers },
  body: JSON.stringify({ query }),
});
const to = (target: string, rest: Omit<RawRequest, 'target'> = {}): RawRequest => ({ target, ...rest });

async function start(environment: Readonly<Record<string, string>> = {}): Promise<Gateway> {
  const database = await openFresh('fixture');
  return startGateway(database, { CORS_ORIGINS: origin, LOG_LEVEL: 'debug', ...environment });
}

/** Sends a request as a page of the named origin would. */
function send({ url }: Gateway, request: RawRequest): Promise<RawAnswer> {
  return rawExchange(url, (write) =>
    write(rawRequest({ ...request, headers: { origin, ...request.headers } })),
  );
}

/** What every answer says, whatever its path and status. */
function requireCommonHeaders({ headers }: RawAnswer): void {
  expect(headers['x-content-type-options']).toEqual(['nosniff']);
  expect(headers['referrer-policy']).toEqual(['no-referrer']);
  expect(headers['x-frame-options']).toEqual(['DENY']);
  expect(headers['content-security-policy']).toEqual([expect.stringContaining("frame-ancestors 'none'")]);
  expect(headers['x-request-id']).toEqual([expect.stringMatching(/^[\w-]{1,64}$/)]);
  expect(headers['cache-control']).toHaveLength(1);
  expect(headers.vary).toEqual([expect.stringMatching(/(^|, )Origin(,|$)/)]);
}

/** The lines that the log holds of an answer. */
const linesOf = (gateway: Gateway, requestId: string | undefined) =>
  gateway.lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter((line) => line.requestId === requestId && line.msg === 'answered');

/** What the named origin needs so that its page may read the answer. */
function requireCrossOrigin({ headers }: RawAnswer): void {
  expect(headers['access-control-allow-origin']).toEqual([origin]);
  expect(headers['access-control-expose-headers']?.[0]).toContain('x-request-id');
}

/** One line, which is written once the answer has been sent. */
async function requireLine(gateway: Gateway, { headers, status }: RawAnswer): Promise<void> {
  const requestId = headers['x-request-id']?.[0];
  await expect.poll(() => linesOf(gateway, requestId)).not.toEqual([]);
  expect(linesOf(gateway, requestId)).toMatchObject([{ status }]);
}

const isPersonal = /^(no-store|private, no-cache)$/;
const asset = () => {
  const folder = fileURLToPath(new URL('../../dashboard/dist/pages/', import.meta.url));
  const name = readdirSync(folder).find((file) => file.endsWith('.js.br')) ?? '';
  return `/pages/${name.replace(/\.br$/, '')}`;
};

describe('Every answer has one line in the log, and carries the security headers, the request id and what CORS_ORIGINS needs:', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await start();
  });
  afterAll(() => gateway?.close());

  const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`x-${n}`, 'y']));
  const rows: readonly (readonly [string, number, () => RawRequest, RegExp])[] = [
    ['a GET that everybody is answered alike', 200, () => get(trending), /^public, max-age=0$/],
    ['the same once more', 200, () => get(trending), /^public, max-age=0$/],
    ['a POST that everybody is answered alike', 200, () => post(trending), /^public, max-age=0$/],
    [
      'a GET whose client has the answer',
      304,
      () => get(trending, { ...json, 'if-none-match': '*' }),
      /^public/,
    ],
    ['a POST whose client has the answer', 304, () => post(trending, { 'if-none-match': '*' }), /^public/],
    [
      'a long POST that everybody is answered alike',
      200,
      () => post(`${trending} #${'x'.repeat(20_000)}`),
      /^public/,
    ],
    ['a published document', 200, () => to(`/q/${PlatformStatsDocument.hash}`), /^public, max-age=0$/],
    [
      'a published document by HEAD',
      200,
      () => to(`/q/${PlatformStatsDocument.hash}`, { method: 'HEAD' }),
      /^public, max-age=0$/,
    ],
    [
      'a published document that the client has',
      304,
      () => to(`/q/${PlatformStatsDocument.hash}`, { headers: { 'if-none-match': '*' } }),
      /^public/,
    ],
    ['a document that is not published', 404, () => to('/q/0'), /^no-store$/],
    [
      'credentials for a published document',
      400,
      () => to('/q/0', { headers: operatorCredentials }),
      /^no-store$/,
    ],
    ['a method on a published document', 405, () => to('/q/0', { method: 'PUT' }), /^no-store$/],
    ['a query with the age of the views', 200, () => post(freshness), /^no-store$/],
    [
      'a value that a resolver refuses',
      200,
      () => post('{ searchSongs(query: "", first: -1) { title } }'),
      /^no-store$/,
    ],
    ['an operator by GET', 200, () => get(freshness, { ...json, ...operatorCredentials }), isPersonal],
    [
      'an operator by POST',
      200,
      () => post('{ monitoring { observedAt } }', operatorCredentials),
      isPersonal,
    ],
    [
      'an operator for what everybody is answered',
      200,
      () => post(trending, operatorCredentials),
      isPersonal,
    ],
    [
      'an operator who has the answer',
      304,
      () => post(trending, { ...operatorCredentials, 'if-none-match': '*' }),
      isPersonal,
    ],
    ['the page at /graphql', 200, () => to('/graphql', { headers: { accept: 'text/html' } }), /^no-store$/],
    ['a document with an unknown field', 400, () => post('{ nothing }'), /^no-store$/],
    [
      'a body that is no JSON',
      400,
      () => to('/graphql', { method: 'POST', headers: json, body: '{' }),
      /^no-store$/,
    ],
    ['a GET without the header against forgery', 400, () => get(trending, {}), /^no-store$/],
    ['a path that is no URL', 400, () => to('/%zz'), /^no-store$/],
    ['a wrong key', 401, () => post(trending, { authorization: 'Bearer wrong' }), /^no-store$/],
    ['an unknown path', 404, () => to('/nothing'), /^no-store$/],
    ['a wrong method', 405, () => to('/graphql', { method: 'PUT' }), /^no-store$/],
    ['a mutation by GET', 405, () => get('mutation { clearQueryMetrics }'), /^no-store$/],
    ['a form that is not made', 406, () => get(trending, { ...json, accept: 'image/png' }), /^no-store$/],
    ['a body that is too long', 413, () => post(`#${'x'.repeat(140_000)}`), /^no-store$/],
    ['a body of another type', 415, () => post(trending, { 'content-type': 'text/plain' }), /^no-store$/],
    ['an expectation', 417, () => post(trending, { expect: 'a-miracle' }), /^no-store$/],
    ['an expectation on another path', 417, () => to('/healthz', { headers: { expect: 'x' } }), /^no-store$/],
    ['more headers than are read', 431, () => to('/graphql', { headers: many }), /^no-store$/],
    ['/healthz', 200, () => to('/healthz'), /^no-store$/],
    ['/healthz by HEAD', 200, () => to('/healthz', { method: 'HEAD' }), /^no-store$/],
    ['/readyz', 200, () => to('/readyz'), /^no-store$/],
    ['/metrics', 200, () => to('/metrics'), /^no-store$/],
    ['/metrics/database', 200, () => to('/metrics/database'), /^no-store$/],
    ['/dashboard', 200, () => to('/dashboard'), /^no-cache$/],
    [
      '/dashboard that the client has',
      304,
      () => to('/dashboard', { headers: { 'if-none-match': '*' } }),
      /^no-cache$/,
    ],
    ['/graphiql', 200, () => to('/graphiql'), /^no-cache$/],
    ['a file of the pages', 200, () => to(asset()), /^public, max-age=31536000, immutable$/],
    [
      'the file that the client has',
      304,
      () => to(asset(), { headers: { 'if-none-match': '*' } }),
      /^public/,
    ],
    [
      'a mutation of what is not there',
      404,
      () => to('/nothing', { method: 'POST', body: '' }),
      /^no-store$/,
    ],
    ['the root', 302, () => to('/'), /^no-store$/],
    ['a file of a list', 200, () => to('/export/genres.csv'), /^no-store$/],
    ['a file of a list by HEAD', 200, () => to('/export/genres.csv', { method: 'HEAD' }), /^no-store$/],
    ['a file with a wrong filter', 400, () => to('/export/songs.csv?filter=no'), /^no-store$/],
    ['a file of another form', 400, () => to('/export/songs.xls'), /^no-store$/],
    [
      'a file for a wrong key',
      401,
      () => to('/export/genres.csv', { headers: { authorization: 'Bearer wrong' } }),
      /^no-store$/,
    ],
    ['a file that is private', 401, () => to('/export/listeners.csv'), /^no-store$/],
    ['a file of an unknown list', 404, () => to('/export/nothing.csv'), /^no-store$/],
    ['a method on a file of a list', 405, () => to('/export/genres.csv', { method: 'PUT' }), /^no-store$/],
    ['a method on /healthz', 405, () => to('/healthz', { method: 'DELETE' }), /^no-store$/],
    ['a method on /readyz', 405, () => to('/readyz', { method: 'DELETE' }), /^no-store$/],
    ['a method on /metrics', 405, () => to('/metrics', { method: 'POST', body: '' }), /^no-store$/],
    ['a method on /dashboard', 405, () => to('/dashboard', { method: 'PUT' }), /^no-store$/],
    [
      'a wrong key by GET',
      401,
      () => get(trending, { ...json, authorization: 'Bearer wrong' }),
      /^no-store$/,
    ],
    ['a method on a file', 405, () => to(asset(), { method: 'POST', body: '' }), /^no-store$/],
    [
      'a preflight',
      204,
      () => to('/graphql', { method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }),
      /^no-store$/,
    ],
  ];

  it.each(rows)('%s (%i)', async (_what, status, request, cacheControl) => {
    const answer = await send(gateway, request());
    expect(answer.status, answer.body).toBe(status);
    requireCommonHeaders(answer);
    requireCrossOrigin(answer);
    expect(answer.headers['cache-control']?.[0]).toMatch(cacheControl);
    if (
      request().target.startsWith('/graphql') &&
      ![204, 417, 431].includes(status) &&
      request().method !== 'PUT'
    )
      expect(answer.headers.vary?.[0]).toBe('Accept, Accept-Encoding, Authorization, Origin');
    if (cacheControl.source.startsWith('^public') && request().target.startsWith('/graphql'))
      expect(answer.headers['x-cache']?.[0]).toMatch(/^(hit|miss|revalidated)$/);
    await requireLine(gateway, answer);
    if (status >= 400 && request().method !== 'HEAD')
      expect(answer.body).toContain(`"requestId":"${answer.headers['x-request-id']?.[0]}"`);
  });

  it.each([
    ['what is not HTTP', 400, 'hello\r\n\r\n'],
    ['headers that are too long', 431, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    [
      'two lengths of a body',
      400,
      'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
    ],
    ['no host', 400, 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n'],
    ['no host of a query', 400, `GET ${get(trending).target} HTTP/1.1\r\nconnection: close\r\n\r\n`],
  ])('%s (%i)', async (_what, status, text) => {
    const answer = await rawExchange(gateway.url, (write) => write(text));
    expect(answer.status).toBe(status);
    requireCommonHeaders(answer);
    expect(answer.headers['cache-control']).toEqual(['no-store']);
    expect(linesOf(gateway, answer.headers['x-request-id']?.[0])).toMatchObject([{ status }]);
    const { errors } = JSON.parse(answer.body);
    expect(errors).toEqual([
      {
        message: expect.stringContaining('expected'),
        extensions: { code: 'BAD_USER_INPUT', requestId: answer.headers['x-request-id']?.[0] },
      },
    ]);
  });

  it('a listener, of whose answers no cache keeps any', async () => {
    for (const query of ['{ listener(address: "0xa11ce") { totalPlays } }', trending, freshness]) {
      const { headers } = await gateway.ask(query, {}, '0xa11ce');
      expect(headers.get('cache-control'), query).toMatch(isPersonal);
      expect(headers.get('vary')).toBe('Accept, Accept-Encoding, Authorization, Origin');
    }
  });

  it('a page of another origin, which may read none of them', async () => {
    for (const request of [get(trending), post('{ nothing }'), to('/nothing'), to('/healthz')]) {
      const answer = await send(gateway, {
        ...request,
        headers: { ...request.headers, origin: 'https://elsewhere.test' },
      });
      requireCommonHeaders(answer);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('a client that is no page of another origin, so that a cache keeps its answer for such pages, too', async () => {
    const answer = await rawExchange(gateway.url, (write) => write(rawRequest(get(trending))));
    requireCommonHeaders(answer);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('Refusals under load carry the same headers:', () => {
  it('too much of one network, where polls are answered and in the framework (429)', async () => {
    const gateway = await start({
      RATE_LIMIT: 'on',
      LIMITS: 'public.cost:500,public.rate:1,public.burst:500',
    });
    for (const request of [post(trending), get(trending), post(freshness)]) {
      let answer = await send(gateway, request);
      for (let n = 0; n < 600 && answer.status === 200; n++) answer = await send(gateway, request);
      expect(answer.status).toBe(429);
      requireCommonHeaders(answer);
      requireCrossOrigin(answer);
      expect(answer.headers['retry-after']).toHaveLength(1);
      await requireLine(gateway, answer);
    }
    await gateway.close();
  });

  it('no room for one more request (503)', async () => {
    const gateway = await start({ REQUESTS_AT_ONCE: '1' });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let waiting: Promise<RawAnswer> | undefined;
    await gateway.database.transaction(async () => {
      waiting = send(gateway, post('{ genres { genre } }'));
      for (const request of [post(trending), get(trending), to('/graphql')]) {
        let answer = await send(gateway, request);
        while (answer.status !== 503) answer = await send(gateway, request);
        requireCommonHeaders(answer);
        requireCrossOrigin(answer);
        expect(answer.headers['retry-after']).toEqual(['1']);
        await requireLine(gateway, answer);
      }
      release();
    });
    await held;
    expect((await waiting)?.status).toBe(200);
    await gateway.close();
  });

  it('the last answers of a gateway that stops, of which each says that it is the last', async () => {
    const gateway = await start();
    const last = [
      post(trending),
      post(freshness),
      post('{ nothing }'),
      post(trending, { 'if-none-match': '*' }),
    ];
    const begun = last.map((request) => {
      const { headers, body = '' } = request;
      const whole = rawRequest({
        ...request,
        headers: { origin, connection: 'keep-alive', expect: '100-continue', ...headers },
      });
      let finish = () => {};
      const { answer, started } = startExchange(gateway.url, (write) => {
        write(whole.slice(0, -body.length));
        finish = () => write(body);
      });
      return { answer, started, finish: () => finish() };
    });
    // The gateway has read the head of each before it is told to stop.
    await Promise.all(begun.map(({ started }) => started));
    const closed = gateway.close();
    await expect.poll(() => isRefused(gateway.url)).toBe(true);
    for (const { finish } of begun) finish();
    const answers = await Promise.all(begun.map(({ answer }) => answer));
    await closed;
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 304]);
    for (const answer of answers) {
      requireCommonHeaders(answer);
      requireCrossOrigin(answer);
      expect(answer.headers.connection).toEqual(['close']);
    }
  });
});

describe('While the database is away', () => {
  it('old answers say so (200), and what has none is an error (200, 503), with the same headers and one line each', async () => {
    const server = await startPostgres(18);
    const database = openServer({ connectionString: server.url, poolSize: 4 });
    await migrate(database);
    await loadFixture(database);
    const gateway = await startGateway(database, { CORS_ORIGINS: origin, LOG_LEVEL: 'debug' });
    await expect.poll(async () => (await send(gateway, get(trending))).headers['x-cache']).toEqual(['hit']);
    await server.stop();
    for (const request of [get(trending), post(trending)]) {
      await expect.poll(async () => (await send(gateway, request)).headers['x-cache']).toEqual(['stale']);
      const answer = await send(gateway, request);
      expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('"stale":true') });
      requireCommonHeaders(answer);
      requireCrossOrigin(answer);
      expect(answer.headers['cache-control']).toEqual(['no-cache']);
      await requireLine(gateway, answer);
    }
    const refused: readonly (readonly [request: RawRequest, status: number])[] = [
      [get('{ genres { genre } }'), 200],
      [post('{ genres { genre } }'), 200],
      [post(freshness), 200],
      [to('/readyz'), 503],
    ];
    for (const [request, status] of refused) {
      const answer = await send(gateway, request);
      expect(answer.status, answer.body).toBe(status);
      if (status === 200) expect(answer.body).toContain('"code":"UNAVAILABLE"');
      requireCommonHeaders(answer);
      requireCrossOrigin(answer);
      expect(answer.headers['cache-control']).toEqual(['no-store']);
      await requireLine(gateway, answer);
    }
    await gateway.close();
  });
});

/** Whether no new connection is taken. */
function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/healthz`, { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  );
}
