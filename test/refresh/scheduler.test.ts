import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { refreshViews } from '../../src/refresh/refresh-views.js';
import { createScheduler } from '../../src/refresh/scheduler.js';
import { findGeneration } from '../../src/views/freshness.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until, waitFor } from '../support/wait.js';

let server: PostgresServer;
let database: Database;
const everySecond = '* * * * * *';

beforeAll(async () => {
  server = await startPostgres(18);
  database = openServer({ connectionString: server.url });
  await migrate(database);
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

function schedule(options: { failing?: boolean; now?: () => Date } = {}) {
  const outcomes: string[] = [];
  const failures: number[] = [];
  let looks = 0;
  const scheduler = createScheduler({
    schedules: [everySecond],
    // It looks at the clock once for every tick.
    now: () => {
      looks++;
      return options.now?.() ?? new Date();
    },
    lastRefresh: () => findGeneration(database.reader),
    refresh: async (signal, since) => {
      if (options.failing) throw new Error('no');
      return refreshViews(database, { trigger: 'schedule', wait: false, signal, since });
    },
    onRefresh: ({ outcome }) => outcomes.push(outcome),
    onFailure: (_error, count) => failures.push(count),
  });
  scheduler.start();
  return { scheduler, outcomes, failures, ticks: () => looks };
}

const countRefreshes = async (): Promise<number> => {
  const { rows } = await database.query<{ count: number }>(
    `select count(*) from analytics.refresh_ledger where trigger = 'schedule' and error is null`,
  );
  return rows[0]?.count ?? 0;
};

describe('the schedule', () => {
  it('refreshes the views at its ticks and says when the next one is (G-REFRESH-03)', async () => {
    const { scheduler, outcomes } = schedule();
    expect(scheduler.nextRun()?.getTime()).toBeGreaterThan(Date.now() - 1);
    await waitFor(() => expect(outcomes).toContain('refreshed'));
    await scheduler.stop();
    expect(scheduler.nextRun()).toBeNull();
  });

  it('refreshes once a tick, however many gateways have the same schedule', async () => {
    const gateways = [schedule(), schedule(), schedule()];
    const before = await countRefreshes();
    const start = Date.now();
    await until('two refreshes', async () => (await countRefreshes()) >= before + 2);
    await Promise.all(gateways.map(({ scheduler }) => scheduler.stop()));
    const ticks = Math.floor(Date.now() / 1000) - Math.floor(start / 1000);
    const count = (await countRefreshes()) - before;
    expect(count).toBeLessThanOrEqual(ticks);
  });

  it('leaves out ticks after a failure', async () => {
    const clock = { ms: Date.now() };
    const { scheduler, failures, ticks } = schedule({ failing: true, now: () => new Date(clock.ms) });
    await until('a failure', () => failures.length > 0);
    const before = ticks();
    await until('two more ticks', () => ticks() >= before + 2);
    expect(failures).toEqual([1]);
    clock.ms += 6_000;
    await until('the tick after the pause', () => failures.length > 1);
    await scheduler.stop();
    expect(failures).toEqual([1, 2]);
  });

  it('cancels a refresh that is running when it stops, and the next one is exact', async () => {
    const holder = new pg.Client({ connectionString: server.url });
    holder.on('error', () => {});
    await holder.connect();
    await holder.query('begin; refresh materialized view mv_song_analytics');
    const { scheduler } = schedule();
    await waitFor(async () => {
      const { rows } = await holder.query(
        `select 1 from pg_locks where relation = 'mv_song_analytics'::regclass and not granted`,
      );
      expect(rows).toHaveLength(1);
    });
    await scheduler.stop();
    await holder.query('rollback');
    await holder.end();
    const result = await refreshViews(database, { trigger: 'cli', wait: true });
    expect(result.outcome).toBe('refreshed');
  });
});
