import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { createApp } from '../../src/gateway/app.js';
import { openDatabase } from '../../src/gateway/databases/open-database.js';
import { cloneServer } from '../cli/clone.js';
import { freePort, type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());

test('a gateway whose database is down answers at once, says why it is not ready, and serves when the database comes up', async () => {
  const port = await freePort();
  const late = await cloneServer(server, port, false);
  const config = readConfig({
    DATABASE_URL: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    PORT: '0',
    LOG_LEVEL: 'silent',
    REFRESH_SCHEDULE: 'off',
  });
  const app = await createApp({
    config,
    database: await openDatabase(config),
    log: pino({ level: 'silent' }),
  });
  try {
    const url = await app.listen();
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(200);
    const readiness = async () => {
      const response = await fetch(`${url}/readyz`);
      return { status: response.status, body: await response.json() };
    };
    const before = await readiness();
    expect(before.status).toBe(503);
    expect(JSON.stringify(before.body)).toMatch(/database/);
    expect(JSON.stringify(before.body)).not.toContain('postgres:');
    const refused = await query(url);
    expect(refused.errors?.[0]?.extensions?.code).toBe('UNAVAILABLE');

    late.start();
    await late.ready();
    await until('it to be ready', async () => (await readiness()).status === 200);
    await app.ready;
    expect((await query(url)).data?.platformStats?.totalPlays).toBe(0);

    const admin = new pg.Client(`postgresql://postgres:postgres@127.0.0.1:${port}/postgres`);
    await admin.connect();
    await admin.query('alter materialized view mv_genre_stats rename to mv_genres');
    expect(await readiness()).toEqual({
      status: 503,
      body: expect.objectContaining({
        reasons: [expect.stringContaining('Missing, renamed or not filled: mv_genre_stats.')],
      }),
    });
    await admin.query('alter materialized view mv_genres rename to mv_genre_stats');
    expect((await readiness()).status).toBe(200);
    await admin.end();
  } finally {
    await app.close();
    await late.stop();
  }
});

test('a gateway that is closed while its database is down ends without it', async () => {
  const config = readConfig({
    DATABASE_URL: `postgresql://postgres:postgres@127.0.0.1:${await freePort()}/postgres`,
    PORT: '0',
  });
  const app = await createApp({
    config,
    database: await openDatabase(config),
    log: pino({ level: 'silent' }),
  });
  await app.listen();
  // Nothing else ends this test: the database never comes.
  await app.close();
  await app.ready;
});

interface Answer {
  readonly data?: { readonly platformStats?: { readonly totalPlays: number } };
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

async function query(url: string): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ platformStats { totalPlays } }' }),
  });
  return (await response.json()) as Answer;
}
