import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { firstRows, newPlays, randomChange } from './changes.js';
import { type EngineDatabase, makeEmbeddedDatabase, makeServerDatabase } from './engine.js';
import { refreshAndCompare } from './history.js';
import { seededRandom } from './random.js';

const seed = Number(process.env.HISTORY_SEED ?? Date.now() % 1_000_000_000);
const weeks = 30;
const day = 86_400_000;
const monday = Date.parse('2026-03-02T12:00:00Z');

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
  { title: 'PostgreSQL 15', make: () => makeServerDatabase(servers.get(15)!, 'PostgreSQL 15') },
  { title: 'the embedded database', make: () => makeEmbeddedDatabase('embedded') },
];

describe('Charts over thirty weeks of changes', () => {
  it.each(places)(
    'never change, remember what was before, and can be revised on $title',
    { timeout: 600_000 },
    async ({ title, make }) => {
      console.log(`charts on ${title}: HISTORY_SEED=${seed}`);
      const random = seededRandom(seed);
      const database = await make();
      const session = await database.open();
      try {
        await session.query('set client_min_messages = warning');
        await session.query(firstRows(random, monday));
        let closed = '-infinity';
        let editions = 0;
        for (let refresh = 0; refresh < weeks * 1.5; refresh++) {
          const now = monday + refresh * (14 / 3) * day + random.between(0, day);
          // Where a truncation has taken every song, few weeks would have plays after it.
          const [catalogue] = await session.query<{ songs: string }>('select count(*) as songs from songs');
          if (catalogue?.songs === '0') await session.query(firstRows(random, now));
          for (let change = random.between(2, 6); change > 0; change--)
            // What fails, as a song that still has plays cannot be deleted, has changed nothing.
            await session
              .query(random.chance(0.5) ? newPlays(random, now) : randomChange(random, now))
              .catch(() => {});
          const at = new Date(now).toISOString();
          const [over] = await session.query<{ weeks: string }>(
            `select count(distinct week_end) as weeks
             from plays, date_bin('7 days', played_at, '2026-01-02T00:00Z') week, lateral (select week + interval '7 days' as week_end) ended
             where week_end > $1 and week_end <= $2`,
            [closed, at],
          );
          closed = at;
          editions += Number(over?.weeks);
          const differences = await refreshAndCompare(session, at, { isCaptured: true });
          expect(differences, `seed ${seed}, refresh ${refresh}`).toEqual([]);
        }
        const [verdict] = await session.query<{ differences: unknown }>(
          `select analytics.verify() -> 'differences' as differences`,
        );
        expect(verdict?.differences).toEqual([]);
        const [chart] = await session.query<{ editions: string }>(
          'select count(*) as editions from analytics.chart_edition join analytics.chart using (chart) where genre is null',
        );
        expect(Number(chart?.editions)).toBe(editions);
        // All plays of a week may be gone when it is over.
        expect(editions).toBeGreaterThanOrEqual(weeks / 2);
      } finally {
        await session.end();
        await database.drop();
      }
    },
  );

  it.each([15, 18] as const)(
    'are closed by the plays that the refresh has read while others are written, on PostgreSQL %i',
    { timeout: 120_000 },
    async (version) => {
      const database = await makeServerDatabase(servers.get(version)!, 'concurrent');
      const refresher = await database.open();
      await refresher.query('set client_min_messages = warning');
      await refresher.query(firstRows(seededRandom(seed), monday));
      let isOver = false;
      const writers = Array.from({ length: 3 }, async (_, index) => {
        const random = seededRandom(seed + index);
        const session = await database.open();
        await session.query(`set lock_timeout = '200ms'`);
        while (!isOver) {
          // Plays of the week that is being closed come and go.
          const changes = [newPlays(random, monday), randomChange(random, monday)];
          await session
            .query(
              changes.filter((change) => !/truncate|partition|delete from songs/.test(change)).join('; '),
            )
            .catch(() => {});
          await sleep(2);
        }
        await session.end();
      });
      try {
        let compared = 0;
        for (let round = 0; round < 8; round++) {
          // The state of the same refresh is what its editions have to equal; a series counts them in another way.
          const at = new Date(monday - (8 - round) * 7 * day).toISOString();
          await refresher.query(`select analytics.refresh('test', $1)`, [at]);
          const rows = await refresher.query<{ published: string; expected: string }>(
            `select concat_ws(' ', entry.number, entry.song_id, entry.plays, entry.earnings) as published,
               concat_ws(' ', entry.number, entry.song_id, counted.plays, counted.earnings) as expected
             from analytics.chart_entry entry join analytics.chart_edition using (chart, number) join analytics.chart using (chart)
             cross join lateral analytics.read_series('song', array[entry.song_id], array[period_start, period_end]) counted
             where generation = (select generation from analytics.engine) and genre is null`,
          );
          expect(rows.map(({ published }) => published)).toEqual(rows.map(({ expected }) => expected));
          compared += rows.length;
        }
        expect(compared).toBeGreaterThan(20);
      } finally {
        isOver = true;
        await Promise.all(writers);
        await refresher.end();
        await database.drop();
      }
    },
  );
});
