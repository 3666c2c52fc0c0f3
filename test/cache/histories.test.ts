import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/database/migrations/migrate.js';
import { loadFixture } from '../support/fixture.js';
import { startGateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());

describe('A database that is replaced by a copy of it with another history', () => {
  const urlOf = (name: string) => server.url.replace(/\/postgres$/, `/${name}`);
  const openOf = (name: string) => openServer({ connectionString: urlOf(name), poolSize: 4 });
  const administer = async (...statements: string[]) => {
    const client = new pg.Client(server.url);
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  /** Adds plays and refreshes: from the same beginning to the same generation. */
  const goOn = async (name: string, plays: number) => {
    const database = openOf(name);
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) select 'song-01', '0xnew', now(), 1, 1 from generate_series(1, $1::int)`,
      [plays],
    );
    await database.query(`select analytics.refresh('test')`);
    const { rows } = await database.query(
      'select generation, state, (select total_plays from mv_platform_stats) as plays from analytics.engine',
    );
    await database.close();
    return rows[0] as { generation: number; state: number; plays: number };
  };

  it('is not answered from before, though it was refreshed as often', async () => {
    await administer('create database ours');
    const first = openOf('ours');
    await migrate(first);
    await loadFixture(first);
    await first.close();
    await administer('create database copy template ours');
    const before = await goOn('ours', 1);
    const after = await goOn('copy', 5);
    expect(after.generation).toBe(before.generation);
    expect(after.state).not.toBe(before.state);
    expect(after.plays).toBe(before.plays + 4);

    const gateway = await startGateway(openOf('ours'));
    const plays = async (document: string) =>
      (await gateway.ask(document)).data as { platformStats: { totalPlays: number } } | null | undefined;
    const kept = '{ platformStats { totalPlays } }';
    for (let i = 0; i < 3; i++)
      expect(await plays(kept)).toEqual({ platformStats: { totalPlays: before.plays } });
    await administer(
      'alter database ours allow_connections false',
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'ours'`,
      'alter database ours rename to former',
      'alter database copy rename to ours',
    );
    let read: Awaited<ReturnType<typeof plays>>;
    for (let i = 0; !read; i++) read = await plays(`{ platformStats { totalPlays } } # asked anew ${i}`);
    expect(read).toEqual({ platformStats: { totalPlays: after.plays } });
    expect(await plays(kept)).toEqual(read);
    await gateway.close();
  });
});
