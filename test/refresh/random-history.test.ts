import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { newPlays, randomChange } from './changes.js';
import { adoptedTables, type EngineDatabase, makeEmbeddedDatabase, makeServerDatabase } from './engine.js';
import { refreshAndCompare, runHistory } from './history.js';
import { seededRandom } from './random.js';

// HISTORY_SEED=n runs one history again; HISTORY_REFRESHES=n makes each of them longer, HISTORY_COUNT=n makes more. The
// embedded database, where a refresh takes several times as long, gets half as many refreshes.
const firstSeed = Number(process.env.HISTORY_SEED ?? Date.now() % 1_000_000_000);
const refreshes = Number(process.env.HISTORY_REFRESHES ?? 42);
const count = process.env.HISTORY_SEED ? 1 : Number(process.env.HISTORY_COUNT ?? 1);
/** How far the writers of one round may run ahead of a refresh, so that a slow machine has no more to refresh. */
const writesPerRefresh = 10;
const longest = 300_000 + refreshes * count * 2_000;

const servers = new Map<15 | 18, Promise<PostgresServer>>();
/** Started by the first test that needs it. */
function serverOf(version: 15 | 18): Promise<PostgresServer> {
  const server = servers.get(version) ?? startPostgres(version);
  servers.set(version, server);
  return server;
}
afterAll(async () => {
  for (const server of servers.values()) await (await server).stop();
});

interface Place {
  readonly title: string;
  readonly refreshes: number;
  readonly make: () => Promise<EngineDatabase>;
}

const onServer = { refreshes };
const embedded = { refreshes: Math.ceil(refreshes / 2) };
const places: readonly Place[] = [
  {
    ...onServer,
    title: 'PostgreSQL 18',
    make: async () => makeServerDatabase(await serverOf(18), 'PostgreSQL 18'),
  },
  {
    ...onServer,
    title: 'PostgreSQL 18 with adopted tables',
    make: async () => makeServerDatabase(await serverOf(18), 'adopted', { before: adoptedTables }),
  },
  {
    ...onServer,
    title: 'PostgreSQL 15',
    make: async () => makeServerDatabase(await serverOf(15), 'PostgreSQL 15'),
  },
  {
    ...onServer,
    title: 'PostgreSQL 15 with adopted tables',
    make: async () => makeServerDatabase(await serverOf(15), 'adopted', { before: adoptedTables }),
  },
  { ...embedded, title: 'the embedded database', make: () => makeEmbeddedDatabase('embedded') },
  {
    ...embedded,
    title: 'the embedded database with adopted tables',
    make: () => makeEmbeddedDatabase('adopted', { before: adoptedTables }),
  },
];

describe('After any history of changes every row and column equals the plain definition', () => {
  it.each(places)('on $title', { timeout: longest }, async ({ title, refreshes: many, make }) => {
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      console.log(`history on ${title}: HISTORY_SEED=${seed} HISTORY_REFRESHES=${refreshes}`);
      const database = await make();
      const outcome = await runHistory(database, seed, many).finally(() => database.drop());
      expect(outcome.differences, `seed ${seed}, refresh ${outcome.refreshes}`).toEqual([]);
      expect(outcome.refreshes).toBe(many);
    }
  });

  it.each([15, 18] as const)(
    'on PostgreSQL %i while writers commit at the same time',
    { timeout: longest },
    async (version) => {
      const database = await makeServerDatabase(await serverOf(version), 'concurrent');
      const clock = Date.parse('2026-03-05T12:00:00Z');
      const refresher = await database.open();
      await refresher.query(
        `set client_min_messages = warning; insert into artists values ('0xa0', 'First')`,
      );
      let isOver = false;
      let refreshed = 0;
      const writers = Array.from({ length: 3 }, async (_, index) => {
        const random = seededRandom(firstSeed + index);
        const session = await database.open();
        await session.query(`set lock_timeout = '200ms'`);
        for (let written = 0; !isOver; await sleep(5)) {
          if (written >= (refreshed + 1) * writesPerRefresh) continue;
          written += 1;
          const parts = Array.from({ length: random.between(1, 4) }, () =>
            random.chance(0.5) ? newPlays(random, clock) : randomChange(random, clock),
          );
          // TRUNCATE is not transactional for older snapshots, as PostgreSQL says itself; the histories above have it.
          await session
            .query(parts.filter((part) => !/truncate|partition/.test(part)).join('; '))
            .catch(() => {});
        }
        await session.end();
      });
      try {
        for (let round = 0; round < 6; round++) {
          // Ordinary refreshes, each statement with a newer snapshot than the one before.
          for (let i = 0; i < 4; i++, refreshed++)
            await refresher.query(`select analytics.refresh('test', $1)`, [
              new Date(clock + (round * 4 + i) * 3_000_000).toISOString(),
            ]);
          // To compare while others go on writing, both sides have to be read under one snapshot.
          const asOf = new Date(clock + (round * 4 + 4) * 3_000_000).toISOString();
          expect(await refreshAndCompare(refresher, asOf, { isRepeatable: true })).toEqual([]);
          refreshed += 1;
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
