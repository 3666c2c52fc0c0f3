import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayHaveSeenNewer } from '../../src/http/answers/seen-newer.js';
import { startFaultProxy } from '../faults/fault-proxy.js';
import { exchange } from '../support/exchange.js';
import { loadFixture } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { openServer, urlOf } from '../support/open-server.js';
import { migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';

const answer = { generation: 7, etag: '"abc"', lastModified: 'Sun, 01 Mar 2026 12:00:00 GMT' };
const before = 'Sun, 01 Mar 2026 11:59:00 GMT';
const after = 'Sun, 01 Mar 2026 12:01:00 GMT';

describe('A client may have seen a newer refresh than that of an answer', () => {
  it.each([
    ['that says nothing', {}, false],
    ['that was told of a later generation', { 'x-seen-generation': '8' }, true],
    [
      'that was told of this generation, whatever its tag',
      { 'x-seen-generation': '7', 'if-none-match': '"other"' },
      false,
    ],
    [
      'whose generation is no number, by its tag',
      { 'x-seen-generation': 'eight', 'if-none-match': '"other"' },
      true,
    ],
    ['with the tag of the answer', { 'if-none-match': '"abc"' }, false],
    ['with its tag in another content coding', { 'if-none-match': '"abc-gzip"' }, false],
    ['with another tag and no date', { 'if-none-match': '"other"' }, true],
    ['with any tag', { 'if-none-match': '*' }, false],
    [
      'with another tag and an earlier date',
      { 'if-none-match': '"other"', 'if-modified-since': before },
      false,
    ],
    [
      'with another tag of the same second',
      { 'if-none-match': '"other"', 'if-modified-since': answer.lastModified },
      true,
    ],
    ['with the same tag and a later date', { 'if-none-match': '"abc"', 'if-modified-since': after }, true],
    ['with a date that is none', { 'if-modified-since': 'yesterday' }, false],
  ])('%s: %o', (_, headers, expected) => {
    expect(mayHaveSeenNewer(headers, answer.generation, () => answer)).toBe(expected);
  });
});

describe('Of two gateways, the one that has not heard of a refresh', () => {
  let server: PostgresServer;
  let informed: Gateway;
  let late: Gateway;
  const query = '{ platformStats { totalPlays } }';
  const ask = (gateway: Gateway, headers: Record<string, string> = {}) =>
    exchange(gateway.url, { parameters: { query, extensions: { freshness: true } }, headers });
  const totalOf = ({ json }: Awaited<ReturnType<typeof ask>>) =>
    (json?.data as { platformStats: { totalPlays: number } } | undefined)?.platformStats.totalPlays;

  const generationOf = ({ json }: Awaited<ReturnType<typeof ask>>) =>
    (json?.extensions as { freshness: { generation: number } } | undefined)?.freshness.generation ?? 0;

  beforeAll(async () => {
    server = await startPostgres(18);
    const url = server.url.replace(/\/postgres$/, `/${migratedTemplate}`);
    const database = openServer({ connectionString: url });
    await loadFixture(database);
    informed = await startGateway(database);
    late = await startGateway(openServer({ connectionString: url }));
  });
  afterAll(async () => {
    await informed?.close();
    await late?.close();
    await server?.stop();
  });

  /** Both keep the answer, and one of them refreshes while announcements reach nobody. */
  async function refreshUnheard() {
    for (const gateway of [informed, late]) await ask(gateway);
    const { database } = informed;
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
       select song_id, '0xb1', now(), 1, 0 from songs limit 1`,
    );
    await database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mycelix-analytics listener'`,
    );
    await informed.ask('mutation { refreshViews { generation } }', {}, 'operator');
    return ask(informed);
  }

  it.each([
    ['a generation', (seen: number) => ({ 'x-seen-generation': String(seen) })],
    ['a tag', (_: number, etag: string) => ({ 'if-none-match': etag })],
    [
      'a tag and a date',
      (_: number, etag: string, date: string) => ({ 'if-none-match': etag, 'if-modified-since': date }),
    ],
  ])('looks at the ledger for a client with %s of it, and never answers with less', async (_, headersOf) => {
    const newer = await refreshUnheard();
    const generation = generationOf(newer);
    const { etag, 'last-modified': date } = newer.headers as { etag: string; 'last-modified': string };
    const answered = await ask(late, headersOf(generation, etag, date));
    expect([200, 304]).toContain(answered.status);
    if (answered.status === 304) expect(answered.headers.etag).toBe(etag);
    else expect(totalOf(answered)).toBe(totalOf(newer));
  });

  it('says that it cannot be answered where the ledger can be read and the numbers cannot', async () => {
    const proxy = await startFaultProxy(server.port);
    const url = urlOf(informed.database) as string;
    const cutOff = await startGateway(openServer({ connectionString: proxy.through(url) }), {
      DATABASE_DIRECT_URL: url,
    });
    try {
      await ask(cutOff);
      proxy.become('refuse');
      proxy.reset();
      const newer = await refreshUnheard();
      const answered = await ask(cutOff, { 'x-seen-generation': String(generationOf(newer)) });
      expect(JSON.stringify(answered.json)).toContain('UNAVAILABLE');
      // A client that has seen nothing newer gets the cached answer.
      const kept = await ask(cutOff);
      expect(totalOf(kept)).toBe((totalOf(newer) as number) - 1);
    } finally {
      await cutOff.close();
      await proxy.stop();
    }
  });

  it('says that it cannot be answered while the database is away', async () => {
    const newer = await refreshUnheard();
    const generation = generationOf(newer);
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    await server.crash(async () => {
      answers.push(await ask(late, { 'x-seen-generation': String(generation + 1) }), await ask(late));
    });
    const [refused, answered] = answers;
    expect(JSON.stringify(refused?.json)).toContain('UNAVAILABLE');
    expect(totalOf(answered as Awaited<ReturnType<typeof ask>>)).toBeGreaterThan(0);
  });
});
