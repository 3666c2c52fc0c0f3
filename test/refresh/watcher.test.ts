import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { createWatcher } from '../../src/refresh/watcher.js';
import { findGeneration } from '../../src/views/freshness.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait.js';

let server: PostgresServer;
let database: Database;
let psql: pg.Pool;

beforeAll(async () => {
  server = await startPostgres(18);
  database = openServer({ connectionString: server.url });
  psql = new pg.Pool({ connectionString: server.url, max: 2 });
  psql.on('error', () => {});
  await migrate(database);
});

afterAll(async () => {
  await psql.end();
  await database.close();
  await server.stop();
});

const refresh = async (): Promise<number> => {
  const { rows } = await psql.query('select refresh_all_materialized_views() as report');
  return rows[0].report.generation;
};

const listeners = `select pid from pg_stat_activity where application_name = 'mycelix-analytics listener'`;

function watch(options: { listenUrl: string | null; lookEveryMs: number }) {
  const seen: number[] = [];
  const watcher = createWatcher({
    ...options,
    findGeneration: () => findGeneration(database.reader),
  });
  watcher.onGeneration(({ generation }) => seen.push(generation));
  watcher.start();
  return { watcher, seen };
}

describe('the watcher of refreshes', () => {
  it('learns of a refresh made in psql from its announcement, long before it would look (G-REFRESH-04)', async () => {
    const { watcher, seen } = watch({ listenUrl: server.url, lookEveryMs: 600_000 });
    await waitFor(async () => expect((await psql.query(listeners)).rows).toHaveLength(1));
    const generation = await refresh();
    await waitFor(() => expect(seen.at(-1)).toBe(generation));
    expect(watcher.current()?.generation).toBe(generation);
    await watcher.stop();
  });

  it('finds by looking what no announcement told it', async () => {
    const { watcher, seen } = watch({ listenUrl: null, lookEveryMs: 100 });
    const generation = await refresh();
    await waitFor(() => expect(seen.at(-1)).toBe(generation));
    await watcher.stop();
  });

  it('opens a new connection when the one it listened on was ended, and misses nothing meanwhile', async () => {
    const { watcher, seen } = watch({ listenUrl: server.url, lookEveryMs: 200 });
    await waitFor(async () => expect((await psql.query(listeners)).rows).toHaveLength(1));
    const [{ pid }] = (await psql.query(listeners)).rows;
    await psql.query('select pg_terminate_backend($1)', [pid]);
    const generation = await refresh();
    await waitFor(() => expect(seen.at(-1)).toBe(generation));
    await waitFor(async () => {
      const { rows } = await psql.query(listeners);
      expect(rows).toHaveLength(1);
      expect(rows[0].pid).not.toBe(pid);
    });
    await watcher.stop();
  });

  it('tells each generation once, in their order', async () => {
    const { watcher, seen } = watch({ listenUrl: server.url, lookEveryMs: 50 });
    await waitFor(() => expect(seen).toHaveLength(1));
    for (let count = 0; count < 5; count++) await refresh();
    const last = await refresh();
    await waitFor(() => expect(seen.at(-1)).toBe(last));
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => one - other));
    await watcher.stop();
  });

  it('leaves no connection behind when it stops', async () => {
    const { watcher } = watch({ listenUrl: server.url, lookEveryMs: 50 });
    await waitFor(async () => expect((await psql.query(listeners)).rows).toHaveLength(1));
    await watcher.stop();
    await waitFor(async () => expect((await psql.query(listeners)).rows).toHaveLength(0));
  });
});
