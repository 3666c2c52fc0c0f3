import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineDatabase, makeEmbeddedDatabase, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';
import { findDifferences } from './oracle.js';

const noon = '2026-03-05T12:00:00Z';
const play = (song: string, at = noon) =>
  `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('${song}', '0x1', '${at}', 1, 1)`;
const firstRows = `
  insert into artists (artist_address, name) values ('0xa1', 'One'), ('0xa2', 'Two');
  insert into songs (song_id, title, artist_address, genre, strategy) values
    ('a', 'A', '0xa1', 'Rock', 'auction'), ('b', 'B', '0xa2', 'Jazz', 'patronage');
  ${play('a')}`;
const refresh = `select analytics.refresh('test', '${noon}')`;
const moveSong = (genre: string) => `update songs set genre = '${genre}' where song_id = 'a'`;

/** The temporary tables of a session, each with the version of its row in the catalog. */
const listTables = (session: Session) =>
  session.query(`select relname, oid::int, xmin::text from pg_class
    where relnamespace = pg_my_temp_schema() and relkind = 'r' and relname like 'work\\_%' order by relname`);

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe.each([
  { place: 'PostgreSQL', make: () => makeServerDatabase(server, 'work tables') },
  { place: 'the embedded database', make: () => makeEmbeddedDatabase('work tables') },
])('The work tables of a session on $place', ({ make }) => {
  let database: EngineDatabase;
  let session: Session;
  beforeAll(async () => {
    database = await make();
    session = await database.open();
    await session.query(`set client_min_messages = warning; ${firstRows}`);
    await session.query(refresh);
  });
  afterAll(async () => {
    await session.end();
    await database.drop();
  });

  it('Are made by its first refresh and left as they are by later ones', async () => {
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    const before = await listTables(session);
    expect(before.length).toBeGreaterThan(10);
    await session.query(play('b'));
    await session.query(moveSong('Folk'));
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(await listTables(session)).toEqual(before);
  });

  it('Hold nothing after a refresh', async () => {
    await session.query(play('a'));
    await session.query(refresh);
    expect(
      await session.query(`select count(*)::int, sum(pg_relation_size(oid))::int as size from pg_class
        where relnamespace = pg_my_temp_schema() and relname like 'work\\_%' and pg_relation_size(oid) > 0`),
    ).toEqual([{ count: 0, size: null }]);
  });

  it('Serve several refreshes of one transaction, some of them undone', async () => {
    await session.query(`begin; ${moveSong('Rock')}`);
    await session.query(refresh);
    await session.query(`savepoint undone; ${moveSong('Jazz')}`);
    await session.query(refresh);
    await session.query(`rollback to savepoint undone`);
    expect(await findDifferences(session, noon)).toEqual([]);
    await session.query(moveSong('Folk'));
    await session.query(refresh);
    expect(await findDifferences(session, noon)).toEqual([]);
    await session.query('commit');
  });

  it('Give nothing of a refresh that was rolled back to the next', async () => {
    await session.query(play('a'));
    await session.query(`begin; ${refresh}; rollback`);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });

  it('Are made again after DISCARD TEMP, and where another version made them', async () => {
    await session.query(`discard temp; ${play('a')}`);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    await session.query(`alter table pg_temp.work_play drop column plays_7d; drop table pg_temp.work_turn;
      comment on table pg_temp.work_artist is 'another version'`);
    await session.query(play('b'));
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });

  it('Are planned for anew when a refresh has much more to do than the one before', async () => {
    const plannedFor = async () =>
      (await session.query<{ size: string }>(`select current_setting('analytics.planned_for') as size`))[0]!
        .size;
    await session.query(play('a'));
    await session.query(refresh);
    const few = await plannedFor();
    await session.query(`insert into plays (song_id, listener_address, played_at, duration, amount_paid)
      select 'a', '0x' || i, '${noon}', 1, 1 from generate_series(1, 5000) i`);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(await plannedFor()).not.toBe(few);
    await session.query(play('a'));
    await session.query(refresh);
    expect(await plannedFor()).toBe(few);
  });
});

describe('Work tables of another role', () => {
  let database: EngineDatabase;
  let session: Session;
  beforeEach(async () => {
    database = await makeServerDatabase(server, 'roles', { superuser: true });
    session = await database.open();
    await session.query(`set client_min_messages = warning; ${firstRows}`);
  });
  afterEach(async () => {
    await session.end();
    await database.drop();
  });

  it('Are replaced by a role that may, because they could have triggers', async () => {
    await session.query(refresh);
    const before = await listTables(session);
    await session.query(
      (
        await session.query<{
          sql: string;
        }>(`select string_agg(format('alter table pg_temp.%I owner to plain', relname), ';') as sql
        from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'r'`)
      )[0]!.sql,
    );
    await session.query(play('b'));
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    const after = await listTables(session);
    expect(after.map((table) => table.oid)).not.toEqual(before.map((table) => table.oid));
  });

  it('Are refused by a role that may not', async () => {
    await session.query(refresh);
    await session.query(`grant all on schema analytics, public to plain; grant all on all tables in schema analytics, public to plain;
      set role plain`);
    await expect(session.query(refresh)).rejects.toThrow('the work tables of this session belong to');
  });
});
