import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { makeServerDatabase } from './engine.js';
import { refreshAndCompare } from './history.js';

const noon = '2026-03-05T12:00:00Z';
const world = `
  insert into artists (artist_address, name) values ('0xa1', 'One');
  insert into songs (song_id, title, artist_address, genre, strategy) values ('a', 'A', '0xa1', 'Rock', 'auction'), ('b', 'B', '0xa1', null, 'patronage');
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select (array['a', 'b'])[1 + i % 2], '0x' || i % 11, timestamptz '${noon}' - i * interval '8 hours', 1, i / 8.0 from generate_series(1, 150) i`;

/** Everything that a refresh changes: plays that changed and went, a song of another genre, a month that is retired, a rebuild. */
const changes = [
  `update plays set amount_paid = 1 where id % 4 = 0; delete from plays where id % 5 = 0`,
  `update songs set genre = 'Jazz' where song_id = 'a'; delete from plays where song_id = 'b'`,
  `truncate plays`,
];

describe.each([15, 18] as const)('With a publication of all tables, PostgreSQL %i', (version) => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(version, ['-c', 'wal_level=logical']);
  });
  afterAll(() => server.stop());

  const publish = async (url: string) => {
    const admin = new pg.Client(url);
    await admin.connect();
    await admin.query('create publication everything for all tables');
    await admin.end();
  };

  it.each(['before the schema was made', 'before the upgrade', 'afterwards'])(
    'refreshes when it was made %s',
    async (moment) => {
      const database = await makeServerDatabase(server, 'published', {
        before: moment === 'before the schema was made' ? `create publication everything for all tables` : '',
        superuser: true,
        mutate: (name, sql) =>
          moment === 'before the upgrade' && name.startsWith('0002_')
            ? `create publication everything for all tables; ${sql}`
            : sql,
      });
      if (moment === 'afterwards') await publish(database.adminUrl);
      const session = await database.open();
      await session.query(`set client_min_messages = error`);
      await session.query(
        `select * from analytics.ensure_play_partitions_between('2026-01-01Z', '2026-03-05Z')`,
      );
      await session.query(world);
      expect(await refreshAndCompare(session, noon)).toEqual([]);
      for (const sql of changes) {
        await session.query(sql);
        expect(await refreshAndCompare(session, noon)).toEqual([]);
      }
      await session.query(world.slice(world.indexOf('insert into plays')));
      expect(await refreshAndCompare(session, '2026-05-05T12:00:00Z')).toEqual([]);
      await session.query(`select analytics.retire_plays('2026-02-01')`);
      await session.query(
        `select * from analytics.ensure_play_partitions_between('2025-10-01Z', '2026-01-05Z')`,
      );
      await session.query(`select analytics.refresh('test')`);
      await session.end();
      await database.drop();
    },
  );

  it('every table of the engine has rows that can be named', async () => {
    const database = await makeServerDatabase(server, 'named');
    const session = await database.open();
    expect(
      await session.query(
        `select c.oid::regclass as name from pg_class c
         where relnamespace = 'analytics'::regnamespace and relkind in ('r', 'p') and relpersistence = 'p'
           and not (relreplident = 'f' or relreplident = 'd' and exists (select from pg_index where indrelid = c.oid and indisprimary and indisvalid))`,
      ),
    ).toEqual([]);
    await session.end();
    await database.drop();
  });
});
