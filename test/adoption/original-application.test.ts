import { PassThrough, Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(15);
});
afterAll(() => server.stop());

/** The application that the gateway was written for: its names and types, times without a zone, and its own counters. */
const firstSchema = `
  create table songs (song_id varchar(66) primary key, title varchar(255) not null, artist_address varchar(42) not null,
    artist_name varchar(255) not null, album varchar(255), genre varchar(100) not null, duration int not null,
    ipfs_hash varchar(100) not null, cover_art_url text, payment_model varchar(50) not null,
    price_per_stream numeric(18, 8) not null, created_at timestamp not null default now());
  create table plays (id serial primary key, song_id varchar(66) not null references songs on delete cascade,
    listener_address varchar(42) not null, "timestamp" timestamp not null default now(), amount_paid numeric(18, 8) not null,
    payment_type varchar(50) not null);
  create table listener_profiles (listener_address varchar(42) primary key, total_plays bigint not null default 0);
  create function update_listener_profile() returns trigger language plpgsql as $$
    begin
      insert into listener_profiles values (new.listener_address, 1)
      on conflict (listener_address) do update set total_plays = listener_profiles.total_plays + 1;
      return new;
    end $$;
  create trigger trg_update_listener_profile after insert on plays for each row execute function update_listener_profile();
  insert into songs select 's' || n, 'Song ' || n, '0xa' || n % 3, 'Artist ' || n % 3, null, 'ambient', 100, 'Qm', null,
    (array['pay-per-stream', 'gift-economy'])[1 + n % 2], 0.01 from generate_series(1, 12) n;
  insert into plays (song_id, listener_address, "timestamp", amount_paid, payment_type)
    select 's' || 1 + n % 12, '0xb' || n % 17, (now() at time zone 'UTC') - make_interval(hours => n), 0.01 * n, 'stream' from generate_series(1, 900) n;`;

const refreshFunctions = `
  create function refresh_all_materialized_views() returns void language plpgsql as 'begin end';
  create function refresh_artist_views(artist_addr text) returns void language plpgsql as 'begin end';`;

/** What its second migration takes for granted, and the views that it makes of it. */
const secondSchema = `
  create table artists (artist_address varchar(42) primary key, name varchar(255), created_at timestamp default now());
  create table songs (song_id varchar(66) primary key, title varchar(255), artist_address varchar(42) references artists,
    genre varchar(100), strategy varchar(50), created_at timestamp default now());
  create table plays (id serial primary key, song_id varchar(66) references songs, listener_address varchar(42),
    played_at timestamp default now(), duration int, amount_paid numeric(18, 8));
  insert into artists select '0xa' || n, 'Artist ' || n from generate_series(0, 2) n;
  insert into songs select 's' || n, 'Song ' || n, '0xa' || n % 3, 'ambient', 'auction' from generate_series(1, 12) n;
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select 's' || 1 + n % 12, '0xb' || n % 17, (now() at time zone 'UTC') - make_interval(hours => n), 60, 0.01 * n from generate_series(1, 900) n;
  insert into plays (song_id, listener_address, duration, amount_paid) values ('s1', '0xb1', null, 1);
  create materialized view mv_artist_analytics as select artist_address, count(*) as total_plays from songs join plays using (song_id) group by 1;
  create materialized view mv_song_analytics as select song_id, max(played_at) as last_played from plays group by 1;
  create materialized view mv_platform_stats as select count(*) as total_plays from plays;
  create materialized view mv_top_songs_week as select song_id, count(*) as plays from plays where played_at >= now() - interval '7 days' group by 1;
  create materialized view mv_listener_activity as select listener_address, min(played_at) as first_active from plays group by 1;
  create materialized view mv_genre_stats as select genre, count(*) as total_songs from songs group by 1;
  create unique index idx_mv_genre_stats_genre on mv_genre_stats (genre);
  grant select on mv_listener_activity to public;`;

async function makeDatabase(name: string, sql: string) {
  const admin = new pg.Client(server.url);
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = server.url.replace(/\/postgres$/, `/${name}`);
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  return { url, client };
}

async function run(url: string, ...words: string[]) {
  const pieces: string[] = [];
  const output = () => {
    const stream = new PassThrough();
    stream.on('data', (piece) => pieces.push(String(piece)));
    return Object.assign(stream, { isTTY: false });
  };
  const code = await runCli(words, {
    env: { DATABASE_URL: url },
    stdin: Readable.from([]),
    stdout: output(),
    stderr: output(),
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  return { code, text: pieces.join('') };
}

async function follow(client: pg.Client, said: string, statements: readonly string[]) {
  for (const statement of statements) {
    expect(said).toContain(statement);
    await client.query(statement);
  }
}

async function expectRightNumbers(url: string, client: pg.Client, artists: number) {
  const { rows } = await client.query(
    `select total_plays::int as plays, total_listeners::int as listeners, total_artists::int as artists,
       total_volume = (select sum(amount_paid) from plays) as volume,
       (select sum(total_plays) from mv_artist_analytics)::int as "byArtist",
       (select count(*) from mv_song_analytics where last_played = (select max(played_at) from plays where plays.song_id = mv_song_analytics.song_id))::int as "songs"
     from mv_platform_stats`,
  );
  const { rows: plain } = await client.query(
    'select count(*)::int as plays, count(distinct listener_address)::int as listeners from plays',
  );
  expect(rows).toEqual([{ ...plain[0], artists, volume: true, byArtist: plain[0].plays, songs: 12 }]);
  expect(await run(url, 'verify')).toMatchObject({
    code: 0,
    text: expect.stringContaining('the views say what the plays say'),
  });
  expect((await run(url, 'doctor')).text).not.toMatch(/^✗/m);
}

describe('the database of the original application comes to right numbers by what the commands print', () => {
  test('with the tables of its first migration and the functions of its second', async () => {
    const { url, client } = await makeDatabase('first', firstSchema + refreshFunctions);
    try {
      const doctor = await run(url, 'doctor');
      expect(doctor.code).toBe(1);
      expect(doctor.text).toMatch(
        /if one of .*payment_model.* holds it, alter table songs rename column … to strategy/,
      );
      await client.query('alter table songs rename column payment_model to strategy');
      await follow(client, doctor.text, [
        `alter table songs alter column created_at type timestamptz using created_at at time zone 'UTC'`,
        'alter table plays rename column timestamp to played_at',
        `alter table plays alter column played_at type timestamptz using played_at at time zone 'UTC'`,
        'alter table plays add column duration integer not null default 0',
        'drop function refresh_all_materialized_views()',
        'alter function refresh_artist_views(text) rename to refresh_artist_views_before',
      ]);
      const plan = await run(url, 'doctor');
      expect(plan.text.match(/^✗.*/gm)).toEqual([
        expect.stringContaining('then run `mycelix-analytics migrate` once'),
      ]);
      expect(await run(url, 'migrate')).toMatchObject({
        code: 0,
        text: expect.stringContaining('`mycelix-analytics refresh` fills the views'),
      });
      await follow(client, (await run(url, 'doctor')).text, [
        'insert into artists (artist_address, name) select artist_address, max(artist_name) from songs where artist_address is not null group by artist_address on conflict do nothing',
      ]);
      expect((await run(url, 'refresh')).code).toBe(0);
      await expectRightNumbers(url, client, 3);
      // The application's own counters go on.
      await client.query(
        `insert into plays (song_id, listener_address, amount_paid, payment_type) values ('s1', '0xb0', 1, 'tip')`,
      );
      await client.query('select refresh_all_materialized_views()');
      await expectRightNumbers(url, client, 3);
      const { rows } = await client.query('select sum(total_plays)::int as plays from listener_profiles');
      expect(rows).toEqual([{ plays: 901 }]);
    } finally {
      await client.end();
    }
  });

  test('with the tables, views and functions that its second migration has', async () => {
    const { url, client } = await makeDatabase('second', secondSchema + refreshFunctions);
    try {
      const doctor = await run(url, 'doctor');
      const views = [
        'artist_analytics',
        'song_analytics',
        'platform_stats',
        'top_songs_week',
        'listener_activity',
        'genre_stats',
      ];
      await follow(client, doctor.text, [
        ...views.map((view) => `drop materialized view mv_${view}`),
        'drop function refresh_all_materialized_views()',
        'drop function refresh_artist_views(text)',
        ...['artists', 'songs'].map(
          (table) =>
            `alter table ${table} alter column created_at type timestamptz using created_at at time zone 'UTC'`,
        ),
        `alter table plays alter column played_at type timestamptz using played_at at time zone 'UTC'`,
      ]);
      await follow(client, (await run(url, 'doctor')).text, [
        'update plays set duration = 0 where duration is null',
      ]);
      expect((await run(url, 'migrate')).code).toBe(0);
      expect((await run(url, 'refresh')).code).toBe(0);
      await expectRightNumbers(url, client, 3);
    } finally {
      await client.end();
    }
  });
});
