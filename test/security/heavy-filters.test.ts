import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadFixture } from '../support/fixture.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { holdSession } from '../support/hold-session.js';
import { openServer, urlOf } from '../support/open-server.js';
import { migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';
import { codeOf, send } from './gateway.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

async function withGateway(
  environment: Readonly<Record<string, string>>,
  work: (gateway: Gateway) => Promise<void>,
): Promise<void> {
  const name = `heavy_${Math.random().toString(36).slice(2, 8)}`;
  // Making a database may take long where the machine is busy.
  const admin = openServer({ connectionString: server.url, statementTimeoutMs: 0 });
  await admin.query(`create database ${name} template ${migratedTemplate}`);
  await admin.close();
  const database = openServer({
    connectionString: server.url.replace(/postgres$/, name),
    poolSize: 10,
    // A statement that waits for a lock goes on waiting; one that finds no connection is told so.
    statementTimeoutMs: 600_000,
    waitLimitMs: 20_000,
  });
  await loadFixture(database);
  const gateway = await startGateway(database, { TRUST_PROXY: '127.0.0.0/8', ...environment });
  try {
    await work(gateway);
  } finally {
    await gateway.close();
  }
}

const from = (address: string) => ({ 'x-forwarded-for': address });
const titles = (length: number) => ({
  or: Array.from({ length }, (_, n) => ({ title: { contains: `no such title ${n}` } })),
});
const aliased = (times: number) =>
  `query ($filter: SongFilter) { ${Array.from({ length: times }, (_, n) => `a${n}: songs(first: ${n}, filter: $filter) { totalCount nodes { title } }`).join(' ')} }`;

describe('Conditions that every row is compared with', () => {
  it('are refused in great numbers, before the database hears of them', async () => {
    await withGateway({}, async ({ url }) => {
      expect(codeOf(await send(url, { query: aliased(40), variables: { filter: titles(100) } }))).toBe(
        'COST_LIMIT_EXCEEDED',
      );
      expect(codeOf(await send(url, { query: aliased(1), variables: { filter: titles(100) } }))).toBe(
        'COST_LIMIT_EXCEEDED',
      );
      expect(
        (await send(url, { query: aliased(1), variables: { filter: titles(3) } })).body.errors,
      ).toBeUndefined();
      // One at a time they are allowed, and cost what they take.
      const { body } = await send(url, {
        query: aliased(1),
        variables: { filter: titles(3) },
        extensions: { cost: true },
      });
      expect(body.extensions?.cost).toEqual({
        requested: 2 * (400 + 3 * (2_700 + 15 * 25)) + 350 + 1,
        limit: 25_000,
      });
    });
  });

  it.each([
    [
      'conditions',
      `{ songs(filter: { or: [${'{ playCount: { gt: 0 } },'.repeat(90)}] }) { nodes { title } } artists(filter: { or: [${'{ totalPlays: { gt: 0 } },'.repeat(90)}] }) { nodes { artistName } } }`,
      'LIMITS',
      'public.conditions:150',
      /at most 150 conditions in its filters, got 180/,
    ],
    [
      'patterns',
      '{ searchSongs(query: "a b c d") { title } }',
      'LIMITS',
      'public.patterns:3',
      /at most 3 conditions that look for a part of a text, got 4/,
    ],
    [
      'counts',
      '{ a: songs { totalCount } b: artists { totalCount } }',
      'LIMITS',
      'public.counts:1',
      /at most 1 total counts, got 2/,
    ],
  ])('are limited in number by %s', async (_name, query, setting, value, message) => {
    await withGateway({ [setting]: value }, async ({ url }) => {
      const answer = await send(url, { query });
      expect(codeOf(answer)).toBe('COST_LIMIT_EXCEEDED');
      expect(answer.body.errors?.[0]?.message).toMatch(message);
    });
  });
});

describe('A client that holds the database with what it asks for', () => {
  it('leaves connections to the others, who are answered while it still waits', async () => {
    await withGateway({ RESPONSE_CACHE: 'off', REQUEST_LIMIT_SECONDS: '600' }, async ({ url, database }) => {
      const locker = openServer({ connectionString: urlOf(database) as string });
      const client = await holdSession(locker);
      // Reading these views takes for as long as they are locked.
      await client.query(
        'begin; alter materialized view mv_song_analytics rename column title to other; alter materialized view mv_genre_stats rename column genre to other',
      );
      let pending = 0;
      const heavy = Array.from({ length: 40 }, async (_, n) => {
        pending += 1;
        const query = n % 2 ? '{ songs { totalCount } }' : '{ genres { genre } }';
        await send(url, { query }, from('203.0.113.7'));
        pending -= 1;
      });
      const waiting = async () =>
        (await locker.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).rowCount ?? 0;
      while ((await waiting()) < 6) await sleep(20);
      for (let n = 1; n <= 5; n++) {
        const query = `{ artists(first: ${n}) { nodes { artistName } } }`;
        expect((await send(url, { query }, from('198.51.100.9'))).body.errors).toBeUndefined();
      }
      expect(pending).toBeGreaterThan(0);
      await client.query('rollback');
      client.release();
      await Promise.all(heavy);
      await locker.close();
    });
  });
});
