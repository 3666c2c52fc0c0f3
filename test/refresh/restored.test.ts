import { pgDump } from '@electric-sql/pglite-tools/pg_dump';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPglite } from '../support/database-templates.js';
import { migrateSession } from '../support/migrate-session.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { findDifferences } from './oracle.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());

const noon = '2026-03-05T12:00:00Z';
const play = (song: string) =>
  `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('${song}', '0x1', '${noon}', 1, 1)`;

describe('A dump restored into another cluster', () => {
  it('Is recognised, rebuilt, and carried on exactly', async () => {
    const origin = await createPglite();
    await migrateSession((sql) => origin.exec(sql));
    await origin.exec(`
      insert into artists (artist_address, name) values ('0xa1', 'One');
      insert into songs (song_id, title, artist_address, genre, strategy) values ('a', 'A', '0xa1', 'Rock', 'auction'), ('b', 'B', '0xa1', null, 'patronage');
      insert into plays (song_id, listener_address, played_at, duration, amount_paid)
      select (array['a', 'b'])[1 + i % 2], '0x' || i % 11, timestamptz '${noon}' - i * interval '8 hours', 1, i / 8.0 from generate_series(1, 300) i;
`);
    await origin.exec(`select analytics.refresh('test', '${noon}')`);
    await origin.exec(play('a'));
    // Ids that run ahead of those of the cluster that the dump goes to.
    for (let i = 0; i < 2_000; i++) await origin.exec('select pg_current_xact_id()');
    await origin.exec(play('b'));
    const dump = await (
      await pgDump({ pg: origin, args: ['--inserts', '--no-owner', '--no-privileges'] })
    ).text();
    await origin.close();

    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`create role plain login password 'plain'`);
    await admin.query(`create database restored owner plain`);
    await admin.end();
    const client = new pg.Client(`postgresql://plain:plain@127.0.0.1:${server.port}/restored`);
    await client.connect();
    // The dump says where it wants its names looked up; what restores it begins anew afterwards.
    await client.query(dump.replaceAll(/^\\.*$/gm, '').replace(/CREATE SCHEMA public;/, ''));
    await client.query('reset all');
    const session = {
      query: async (sql: string) => (await client.query(sql)).rows,
      pid: async () => 0,
      end: async () => {},
    };

    const refresh = async () =>
      (await client.query(`select analytics.refresh('test', '${noon}') ->> 'reason' as reason`)).rows[0]
        .reason;
    expect(await refresh()).toBe("the engine's state comes from another cluster, database or table");
    expect(await findDifferences(session as never, noon)).toEqual([]);
    for (let round = 0; round < 3; round++) {
      await client.query(
        `${play('a')}; delete from plays where id = ${10 + round}; update plays set song_id = 'b' where id = ${20 + round}`,
      );
      expect(await refresh()).toBeNull();
      expect(await findDifferences(session as never, noon)).toEqual([]);
    }
    await client.end();
  });
});
