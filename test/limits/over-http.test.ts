import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as operations from '../../src/client/operations.js';
import type { Database } from '../../src/database/database.js';
import { codeOf, get, operatorCredentials, send } from '../security/gateway.js';
import { openFresh } from '../support/databases.js';
import { recordStatements } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { dashboard } from './dashboard.js';

/** Gateways over one world, each with limits of its own. */
let database: Database;
const running: Gateway[] = [];
async function start(environment: Record<string, string> = {}): Promise<Gateway> {
  const gateway = await startGateway({ ...database, close: async () => {} }, environment);
  running.push(gateway);
  return gateway;
}
beforeAll(async () => {
  database = await openFresh('fixture');
});
afterAll(async () => {
  for (const gateway of running) await gateway.close();
  await database.close();
});

const deep = '{ artists(first: 100) { nodes { songs(first: 100) { nodes { title } } } } }';
const deepCost = 50 + 1 + 100 * (50 + 1 + 100);

async function metricOf({ url }: Gateway, reason: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^gateway_rejected_total\\{reason="${reason}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
}

describe('What an operation costs', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await start({ LIMITS: 'public.cost:1000,operator.cost:20000' });
  });

  it('is told with the answer on request, cached or not, by POST and by GET', async () => {
    const query = '{ trendingSongs(first: 3) { title } }';
    const cost = { requested: 53, limit: 1000 };
    for (let n = 0; n < 3; n++) {
      const { body } = await send(gateway.url, { query, extensions: { cost: true } });
      expect(body.data?.trendingSongs).toHaveLength(3);
      expect(body.extensions).toEqual({ cost });
    }
    expect((await get(gateway.url, { query, extensions: '{"cost":true}' })).body.extensions).toEqual({
      cost,
    });
    expect((await send(gateway.url, { query })).body.extensions).toBeUndefined();
    const both = await send(gateway.url, { query, extensions: { cost: true, freshness: true } });
    expect(both.body.extensions).toMatchObject({ cost, freshness: { generation: expect.any(Number) } });
  });

  it('is told with answers that are not shared, too', async () => {
    const answer = await send(
      gateway.url,
      { query: '{ monitoring { observedAt pool { total } } }', extensions: { cost: true } },
      operatorCredentials,
    );
    expect(answer.body.extensions).toEqual({ cost: { requested: 12, limit: 20_000 } });
  });

  it('is told when it is too much, with what was expected', async () => {
    const answer = await send(gateway.url, { query: deep });
    expect(answer.status).toBe(400);
    expect(answer.body.data).toBeUndefined();
    expect(answer.body.errors?.[0]).toMatchObject({
      message: expect.stringContaining(`expected a cost of at most 1000, got ${deepCost}`),
      extensions: { code: 'COST_LIMIT_EXCEEDED', requestId: answer.headers.get('x-request-id') },
    });
    expect(answer.body.extensions).toEqual({ cost: { requested: deepCost, limit: 1000 } });
  });

  it('is counted before the database hears of it', async () => {
    const statements = await recordStatements(gateway.reading, async () => {
      for (let n = 0; n < 5; n++)
        expect(codeOf(await send(gateway.url, { query: deep }))).toBe('COST_LIMIT_EXCEEDED');
      // What is within the limit is heard of, so that hearing of nothing means something.
      await send(gateway.url, { query: '{ genres { totalPlays playsLast7d } }' });
    });
    expect(statements.filter((text) => /mv_genre/.test(text))).toHaveLength(1);
    expect(statements.filter((text) => /mv_(artist|song)/.test(text))).toEqual([]);
  });

  it('is allowed by who asks: an operator may ask for what the public may not', async () => {
    expect((await send(gateway.url, { query: deep }, operatorCredentials)).body.errors).toBeUndefined();
  });

  it('is counted in what was rejected', async () => {
    const before = await metricOf(gateway, 'cost_limit_exceeded');
    await send(gateway.url, { query: deep });
    expect(await metricOf(gateway, 'cost_limit_exceeded')).toBe(before + 1);
  });
});

describe('Wrong sizes', () => {
  it('stay wrong input: a negative page is not a matter of cost', async () => {
    const gateway = await start();
    const answer = await send(gateway.url, { query: '{ songs(first: -1) { nodes { title } } }' });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.text).toContain('expected a number from 0 to 100, got -1');
  });

  it('are told apart by the limit of the tier where that is the lower one', async () => {
    const gateway = await start({ LIMITS: 'public.page:10' });
    const query = 'query ($n: Int!) { trendingSongs(first: $n) { title } }';
    expect((await send(gateway.url, { query, variables: { n: 10 } })).body.errors).toBeUndefined();
    const answer = await send(gateway.url, { query, variables: { n: 11 } });
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.text).toContain('first: expected a number from 0 to 10, got 11');
    expect(
      (await send(gateway.url, { query, variables: { n: 11 } }, operatorCredentials)).body.errors,
    ).toBeUndefined();
  });
});

describe('An ordinary front end', () => {
  it('gets twenty tiles in one document', async () => {
    const gateway = await start();
    const { body } = await send(gateway.url, { query: dashboard });
    expect(body.errors).toBeUndefined();
    expect(Object.keys(body.data ?? {})).toHaveLength(20);
  });
});

describe('A body', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await start({
      LIMITS: 'public.bodyBytes:2000,listener.bodyBytes:3000,operator.bodyBytes:50000',
    });
  });
  const padded = (bytes: number) => {
    const body = JSON.stringify({ query: '{ __typename }', padding: '' });
    return { query: '{ __typename }', padding: 'x'.repeat(bytes - body.length) };
  };

  it('may be as long as the limit of whoever sends it, and not longer', async () => {
    expect((await send(gateway.url, padded(2_000))).status).toBe(200);
    const refused = await send(gateway.url, padded(2_001));
    expect(refused.status).toBe(413);
    expect(refused.text).toContain('The body: expected at most 2000 bytes, got more.');
    expect((await send(gateway.url, padded(50_000), operatorCredentials)).status).toBe(200);
    expect((await send(gateway.url, padded(50_001), operatorCredentials)).status).toBe(413);
  });

  it('is measured as it comes when its length was not told', async () => {
    expect(await sendInChunks(gateway.url, JSON.stringify(padded(2_000)))).toMatchObject({ status: 200 });
    expect(await sendInChunks(gateway.url, JSON.stringify(padded(40_000)))).toMatchObject({
      status: 413,
      text: expect.stringContaining('expected at most 2000 bytes'),
    });
  });
});

function sendInChunks(url: string, body: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}/graphql`,
      { method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      },
    );
    request.on('error', reject);
    for (let at = 0; at < body.length; at += 1_000) request.write(body.slice(at, at + 1_000));
    request.end();
  });
}

describe('A client that asks for too much in a short time', () => {
  const limits = (network: number) => ({
    RATE_LIMIT: 'on',
    LIMITS: `public.cost:500,public.rate:1,public.burst:${network},listener.cost:500,listener.rate:1,listener.burst:500,operator.cost:500,operator.rate:1,operator.burst:500`,
  });
  const query = (n: number) => ({ query: `query Q${n} { trendingSongs(first: 50) { title } }` });

  it('is refused with 429, RATE_LIMITED and when to come back, and that is counted', async () => {
    const gateway = await start(limits(500));
    for (let n = 0; n < 5; n++) expect((await send(gateway.url, query(n))).status, `request ${n}`).toBe(200);
    const refused = await send(gateway.url, query(6));
    expect(refused.status).toBe(429);
    expect(codeOf(refused)).toBe('RATE_LIMITED');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(100);
    expect(refused.headers.get('x-request-id')).toBeTruthy();
    expect(await metricOf(gateway, 'rate_limited')).toBe(1);
  });

  it('is refused the same way where the framework answers', async () => {
    const gateway = await start(limits(500));
    // Not shared with anybody: how old the views are is said at this moment.
    const fresh = { query: '{ viewFreshness { view ageSeconds } }' };
    let last = await send(gateway.url, fresh);
    for (let n = 0; n < 12 && last.status === 200; n++) last = await send(gateway.url, fresh);
    expect(last.status).toBe(429);
    expect(codeOf(last)).toBe('RATE_LIMITED');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await metricOf(gateway, 'rate_limited')).toBe(1);
  });

  it('is refused also for what is wrong, such as documents that cannot be parsed', async () => {
    const gateway = await start(limits(500));
    const statuses = [];
    for (let n = 0; n < 55; n++) statuses.push((await send(gateway.url, { query: `{ ${n}` })).status);
    expect(statuses.slice(0, 50)).toEqual(Array(50).fill(400));
    expect(statuses.slice(-4)).toEqual([429, 429, 429, 429]);
  });

  it('does not take anything from others: those who signed in have a budget each, beside their network', async () => {
    const gateway = await start(limits(500));
    for (let n = 0; n < 7; n++) await send(gateway.url, query(n));
    expect((await send(gateway.url, query(8))).status).toBe(429);
    for (const asker of ['0xa11ce', '0xb0b', 'operator'] as const)
      expect((await gateway.ask(query(9).query, {}, asker)).status, asker).toBe(200);
    for (let n = 10; n < 20; n++) await gateway.ask(query(n).query, {}, '0xa11ce');
    expect((await gateway.ask(query(21).query, {}, '0xa11ce')).status).toBe(429);
    expect((await gateway.ask(query(22).query, {}, '0xb0b')).status).toBe(200);
  });

  it('can still be many behind one address: answers that are kept cost next to nothing', async () => {
    const gateway = await start(limits(1_500));
    const first = await send(gateway.url, query(0));
    const etag = { 'if-none-match': first.headers.get('etag') ?? '' };
    const statuses = new Set<number>();
    for (let n = 0; n < 1_000; n++) statuses.add((await send(gateway.url, query(0), etag)).status);
    expect([...statuses]).toEqual([304]);
    expect(await metricOf(gateway, 'rate_limited')).toBe(0);
  });

  it('is known by the address that a trusted proxy names, and by no other', async () => {
    const trusting = await start({ ...limits(500), TRUST_PROXY: '127.0.0.0/8' });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let n = 0; n < 7; n++) await send(trusting.url, query(n), from('203.0.113.5'));
    expect((await send(trusting.url, query(8), from('203.0.113.99'))).status).toBe(429);
    expect((await send(trusting.url, query(9), from('203.0.114.5'))).status).toBe(200);
    const suspicious = await start(limits(500));
    for (let n = 0; n < 7; n++) await send(suspicious.url, query(n), from(`203.0.${n}.5`));
    expect((await send(suspicious.url, query(8), from('198.51.100.1'))).status).toBe(429);
  });

  it('has to wait when it is wrong about who it is again and again, and locks no good credentials of its network out', async () => {
    const gateway = await start({ RATE_LIMIT: 'on' });
    const guess = async () =>
      (await send(gateway.url, query(0), { authorization: 'Bearer of-nothing' })).status;
    // Faster than failed logins are forgiven.
    const statuses = new Set<number>();
    for (let n = 0; n < 400 && !statuses.has(429); n++)
      for (const status of await Promise.all(Array.from({ length: 50 }, guess))) statuses.add(status);
    expect(statuses).toEqual(new Set([401, 429]));
    const good: number[] = [];
    for (let n = 0; n < 60; n++) {
      const guesses = Array.from({ length: 20 }, guess);
      const operator = await gateway.ask(query(n).query, {}, 'operator');
      await Promise.all(guesses);
      good.push(operator.status);
      // Each listener comes with a token that was never seen before.
      good.push((await gateway.ask(query(0).query, {}, `0x${n}`)).status);
    }
    expect(good).toEqual(Array(120).fill(200));
    expect((await send(gateway.url, query(0))).status).toBe(200);
  });

  it('is not refused where RATE_LIMIT is off', async () => {
    const gateway = await start({ ...limits(500), RATE_LIMIT: 'off' });
    for (let n = 0; n < 20; n++) expect((await send(gateway.url, query(n))).status).toBe(200);
  });
});

describe('Where only trusted documents are answered', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await start({ TRUSTED_DOCUMENTS: 'only' });
  });
  const variables = { address: '0xA2', id: 'song-01', name: 'Rock', query: 'moss', first: 2 };
  const isPersonal =
    /^(Listener|ListenerSeries|Listeners|RecentPlays|Favorite|ArtistStatements|OpenStatement|StatementTotals|ClosedStatement|QueryHealth|GatewayHealth|RefreshHistory|Explain|IndexAdvice|SetThresholds|ClearQueryMetrics|RefreshViews)/;
  const published = Object.entries(operations).filter(
    ([name]) => name.endsWith('Document') && !isPersonal.test(name),
  );

  it.each(published)(
    '%s is, by its text as a front end prints it and by its hash alone',
    async (_name, document) => {
      const query = String(document);
      const text = await send(gateway.url, { query, variables });
      expect(text.body.errors).toBeUndefined();
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const hash = await send(gateway.url, { variables, extensions });
      expect(hash.body.errors).toBeUndefined();
      // How old the views are is said to the millisecond.
      expect(Object.keys(hash.body.data ?? {})).toEqual(Object.keys(text.body.data ?? {}));
    },
  );

  it('any other is refused to the public and to listeners, however it is sent, and operators may ask it', async () => {
    const query = '{ trendingSongs(first: 1) { title } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const answers = [
      await send(gateway.url, { query }),
      await send(gateway.url, { query, extensions }),
      await send(gateway.url, { extensions }),
      await get(gateway.url, { query }),
      await send(gateway.url, { query: `${String(published[0]?.[1])} ` }),
    ];
    expect(answers.map(codeOf)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(answers[0]?.status).toBe(403);
    expect(answers[0]?.text).toContain('expected one of the trusted documents of this gateway, got another');
    expect((await gateway.ask(query, {}, '0xa11ce')).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await send(gateway.url, { query }, operatorCredentials)).body.errors).toBeUndefined();
  });
});
