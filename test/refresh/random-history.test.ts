import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { newPlays, randomChange } from './changes.js';
import { adoptedTables, type EngineDatabase, makeEmbeddedDatabase, makeServerDatabase } from './engine.js';
import { refreshAndCompare, runHistory } from './history.js';
import { seededRandom } from './random.js';

// HISTORY_SEED=n runs one history again; HISTORY_REFRESHES=n makes each of them longer, HISTORY_COUNT=n makes more.
const firstSeed = Number(process.env.HISTORY_SEED ?? Date.now() % 1_000_000_000);
const refreshes = Number(process.env.HISTORY_REFRESHES ?? 40);
const count = process.env.HISTORY_SEED ? 1 : Number(process.env.HISTORY_COUNT ?? 1);
const longest = 60_000 + refreshes * count * 2_000;

const servers = new Map<15 | 18, PostgresServer>();
beforeAll(async () => {
  const [newest, oldest] = await Promise.all([startPostgres(18), startPostgres(15)]);
  servers.set(18, newest).set(15, oldest);
});
afterAll(async () => {
  for (const server of servers.values()) await server.stop();
});

const places: readonly { title: string; make: () => Promise<EngineDatabase> }[] = [
  { title: 'PostgreSQL 18', make: () => makeServerDatabase(servers.get(18)!, 'PostgreSQL 18') },
  {
    title: 'PostgreSQL 18 with adopted tables',
    make: () => makeServerDatabase(servers.get(18)!, 'adopted', { before: adoptedTables }),
  },
  { title: 'PostgreSQL 15', make: () => makeServerDatabase(servers.get(15)!, 'PostgreSQL 15') },
  {
    title: 'PostgreSQL 15 with adopted tables',
    make: () => makeServerDatabase(servers.get(15)!, 'adopted', { before: adoptedTables }),
  },
  { title: 'the embedded database', make: () => makeEmbeddedDatabase('embedded') },
  {
    title: 'the embedded database with adopted tables',
    make: () => makeEmbeddedDatabase('adopted', { before: adoptedTables }),
  },
];

describe('After any history of changes every row and column equals the plain definition', () => {
  it.each(places)('on $title', { timeout: longest }, async ({ title, make }) => {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      console.log(`history on ${title}: HISTORY_SEED=${seed} HISTORY_REFRESHES=${refreshes}`);
      const database = await make();
      const outcome = await runHistory(database, seed, refreshes).finally(() => database.drop());
      expect(outcome.differences, `seed ${seed}, refresh ${outcome.refreshes}`).toEqual([]);
      expect(outcome.refreshes).toBe(refreshes);
    }
  });

  it.each([15, 18] as const)(
    'on PostgreSQL %i while writers commit at the same time',
    { timeout: longest },
    async (version) => {
      const database = await makeServerDatabase(servers.get(version)!, 'concurrent');
      const clock = Date.parse('2026-03-05T12:00:00Z');
      const refresher = await database.open();
      await refresher.query(
        `set client_min_messages = warning; insert into artists values ('0xa0', 'First')`,
      );
      let isOver = false;
      const writers = Array.from({ length: 3 }, async (_, index) => {
        const random = seededRandom(firstSeed + index);
        const session = await database.open();
        await session.query(`set lock_timeout = '200ms'`);
        while (!isOver) {
          const parts = Array.from({ length: random.between(1, 4) }, () =>
            random.chance(0.5) ? newPlays(random, clock) : randomChange(random, clock),
          );
          // TRUNCATE is not transactional for older snapshots, as PostgreSQL says itself; the histories above have it.
          await session
            .query(parts.filter((part) => !/truncate|partition/.test(part)).join('; '))
            // A server that is gone refuses at once, and whoever asked on without a pause would let nobody else run.
            .catch(() => {});
          await sleep(5);
        }
        await session.end();
      });
      try {
        for (let round = 0; round < 6; round++) {
          // Ordinary refreshes, each statement with a newer snapshot than the one before.
          for (let i = 0; i < 4; i++)
            await refresher.query(`select analytics.refresh('test', $1)`, [
              new Date(clock + (round * 4 + i) * 3_000_000).toISOString(),
            ]);
          // To compare while others go on writing, both sides have to be read under one snapshot.
          const asOf = new Date(clock + (round * 4 + 4) * 3_000_000).toISOString();
          expect(await refreshAndCompare(refresher, asOf, { isRepeatable: true })).toEqual([]);
        }
      } finally {
        isOver = true;
        await Promise.all(writers);
        await refresher.end();
        await database.drop();
      }
    },
  );
});
