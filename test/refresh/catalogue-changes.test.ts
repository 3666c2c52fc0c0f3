import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineDatabase, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';

const noon = '2026-03-05T12:00:00Z';

let server: PostgresServer;
let database: EngineDatabase;
let session: Session;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await makeServerDatabase(server, 'catalogue');
  session = await database.open();
  await session.query(`set timezone = 'UTC';
    insert into artists (artist_address, name) select '0xa' || i, 'Artist ' || i from generate_series(1, 5) i;
    insert into songs (song_id, title, artist_address, genre, strategy)
      select 'song-' || i, 'Song ' || i, '0xa' || 1 + i % 5, 'Rock', 'auction' from generate_series(1, 20) i;
    insert into plays (song_id, listener_address, played_at, duration, amount_paid)
      select 'song-' || 1 + i % 20, '0xb' || i % 7, timestamptz '2026-03-01Z' + i * interval '1 hour', 60, 0.5 from generate_series(1, 90) i`);
  await refresh();
});
afterEach(async () => {
  await session.end();
  await database.drop();
});

/** Fails when a view differs from its plain definition. */
const refresh = async () => expect(await refreshAndCompare(session, noon)).toEqual([]);

/** How many artists and songs the next refresh compares with what it knows. */
async function countCompared(): Promise<number> {
  const [row] = await session.query<{ count: string }>(
    `select (select count(*) from artists where age(artists.xmin) <= analytics.oldest_unread(engine))
       + (select count(*) from songs where age(songs.xmin) <= analytics.oldest_unread(engine)) as count
     from analytics.engine`,
  );
  return Number(row?.count);
}

describe('A refresh', () => {
  it('compares the artists and songs that were written since the one before, and no others', async () => {
    expect(await countCompared()).toBe(0);
    await session.query(`update songs set genre = 'Jazz' where song_id in ('song-1', 'song-2')`);
    await session.query(`update artists set name = 'Ada' where artist_address = '0xa1'`);
    expect(await countCompared()).toBe(3);
    await refresh();
    expect(await countCompared()).toBe(0);
  });

  it.each([
    [
      'a song that went away',
      `delete from plays where song_id = 'song-3'; delete from songs where song_id = 'song-3'`,
    ],
    [
      'a song in the place of another, so that there are as many as before',
      `delete from plays where song_id = 'song-3'; delete from songs where song_id = 'song-3';
       insert into songs (song_id, title, artist_address, genre, strategy) values ('song-99', 'New', '0xa1', 'Folk', 'auction')`,
    ],
    [
      'an artist without songs that came and one that went',
      `insert into artists (artist_address, name) values ('0xa9', 'New')`,
    ],
    [
      'songs with other keys',
      `alter table plays drop constraint if exists plays_song_id_fkey;
       update songs set song_id = 'other-' || song_id; update plays set song_id = 'other-' || song_id`,
    ],
    [
      'all songs gone and made again',
      'create temporary table kept as select * from songs; truncate songs, plays; insert into songs select * from kept',
    ],
  ])('notices %s', async (_, changes) => {
    await session.query(changes);
    await refresh();
    await session.query(`delete from artists where artist_address = '0xa9'`);
    await refresh();
  });

  it('notices songs that were written before it in a subtransaction that was still open', async () => {
    const writer = await database.open();
    await writer.query(`begin; insert into artists (artist_address, name) values ('0xa8', 'Bo')`);
    await writer.query(`savepoint later; update songs set genre = 'Jazz' where song_id = 'song-4'`);
    // Ids that came after those of the writer, so that its own lie between others that were seen.
    await session.query(`update songs set title = 'Other' where song_id = 'song-5'`);
    await session.query(`update songs set title = 'Another' where song_id = 'song-6'`);
    await refresh();
    await writer.query('release later; commit');
    await writer.end();
    await refresh();
  });

  it('notices songs that its own transaction wrote after it', async () => {
    await session.query('begin');
    await session.query(`select analytics.refresh('test', '${noon}')`);
    await session.query(`update songs set genre = 'Jazz' where song_id = 'song-7'`);
    await session.query('commit');
    await refresh();
  });

  it.each([
    [
      'another table in the place of songs',
      `create table other_songs (like songs including all); insert into other_songs select * from songs;
       update other_songs set genre = 'Folk', title = 'Other ' || title`,
      `alter table plays drop constraint if exists plays_song_id_fkey;
       alter table songs rename to former_songs; alter table other_songs rename to songs`,
    ],
    [
      'another table in the place of artists',
      `create table other_artists (like artists including all); insert into other_artists select * from artists;
       update other_artists set name = 'Other ' || name`,
      `alter table songs drop constraint if exists songs_artist_address_fkey;
       alter table artists rename to former_artists; alter table other_artists rename to artists`,
    ],
    [
      'another column in the place of one',
      `alter table songs add column other text default 'Folk'`,
      'alter table songs rename column genre to former; alter table songs rename column other to genre',
    ],
    [
      'a column that was dropped and added again',
      'select',
      `alter table songs drop column genre; alter table songs add column genre text default 'Folk'`,
    ],
    [
      'songs of a table that became a child',
      `create table more_songs (like songs including all);
       insert into more_songs (song_id, title, artist_address, genre, strategy) values ('song-77', 'More', '0xa2', 'Folk', 'auction')`,
      'alter table more_songs inherit songs',
    ],
  ])('notices %s, whose rows were there at the refresh before', async (_, before, after) => {
    await session.query(before);
    await refresh();
    await session.query(after);
    await refresh();
    expect(await countCompared()).toBe(0);
  });

  it('compares all where so many transactions went by that a row does not say whether its writer is new', async () => {
    const [row] = await session.query<{ age: number }>(
      `select analytics.oldest_unread(engine, '3000000000:3000000000:') as age from analytics.engine`,
    );
    expect(row?.age).toBe(2_147_483_647);
  });
});
