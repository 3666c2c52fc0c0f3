import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { AdoptionError } from '../../src/database/adoption/conflict.js';
import type { Database } from '../../src/database/database.js';
import { listMigrations } from '../../src/database/migrations/list-migrations.js';
import { MigrationError, migrate } from '../../src/database/migrations/migrate.js';
import { prepare } from '../../src/database/prepare.js';
import { openServer } from '../../src/database/server.js';
import { examine } from '../../src/doctor/examine.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
const opened: Database[] = [];
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await server.stop();
});

const urlTo = (name: string, user = 'postgres') =>
  server.url.replace('postgres:postgres', `${user}:${user}`).replace(/\/postgres$/, `/${name}`);

function open(url: string): Database {
  const database = openServer({ connectionString: url, statementTimeoutMs: 0, poolSize: 2 });
  opened.push(database);
  return database;
}

async function makeDatabase(name: string, sql: string): Promise<Database> {
  await open(server.url).query(`create database ${name}`);
  const database = open(urlTo(name));
  await database.query(sql);
  return database;
}

const tables = `
  create table artists (artist_address varchar(42) primary key, name text, created_at timestamptz);
  create table songs (song_id varchar(66) primary key, title text, artist_address varchar(42), genre text, strategy text, created_at timestamptz);
  create table plays (id bigserial primary key, song_id varchar(66) references songs, listener_address varchar(42),
    played_at timestamptz, duration integer, amount_paid numeric(18, 8));`;

/** Every object outside of the system's own schemas, with what it is stored in and what triggers and constraints it has. */
async function listObjects(database: Database): Promise<unknown> {
  const { rows } = await database.query(
    `select nspname, relname, relkind, c.oid, coalesce(pg_relation_filenode(c.oid), 0) as file,
       array(select tgname from pg_trigger where tgrelid = c.oid order by 1) as triggers,
       array(select conname from pg_constraint where conrelid = c.oid order by 1) as constraints,
       array(select attname from pg_attribute where attrelid = c.oid and attnum > 0 order by attnum) as columns
     from pg_class c join pg_namespace n on n.oid = relnamespace
     where nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1, 2`,
  );
  const { rows: schemas } = await database.query('select nspname, oid from pg_namespace order by 1');
  const { rows: functions } = await database.query(
    'select oid, proname from pg_proc where oid >= 16384 order by 1',
  );
  return { rows, schemas, functions };
}

async function conflictsOf(database: Database): Promise<string[]> {
  const error = await migrate(database).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AdoptionError);
  return (error as AdoptionError).conflicts.map(({ found, advice }) => `${found}. ${advice}`);
}

async function faultsOf(url: string): Promise<string[]> {
  const database = open(url);
  const faults: string[] = [];
  for await (const { level, title, advice } of examine(
    database,
    readConfig({ DATABASE_URL: url }),
    () => new Date(),
  ))
    if (level === 'fault') faults.push(`${title}. ${advice}`.replace(/\.$/, ''));
  return faults;
}

const refresher = `create function refresh_all_materialized_views() returns void language sql as 'select';`;
const artistRefresher = `create function refresh_artist_views(artist_addr text) returns void language sql as 'select';`;

describe('what stands in the way of an adoption', () => {
  test('is named all at once by migrate, in the same words by doctor, and nothing is changed', async () => {
    const database = await makeDatabase(
      'everything',
      `${tables}${refresher}${artistRefresher}
       create materialized view mv_song_analytics as select song_id, count(*) from plays group by 1;
       create view mv_genre_stats as select genre from songs;
       create index plays_played_at_idx on songs (created_at);
       create schema analytics; create table analytics.reports (id int);
       create table plays_old () inherits (plays);
       alter table songs alter column created_at type timestamp;`,
    );
    const before = await listObjects(database);
    const conflicts = await conflictsOf(database);
    const expected = [
      'The schema analytics: expected this name to be free',
      'songs.created_at: expected timestamptz, got timestamp without time zone',
      'plays: expected no tables that inherit from it, got plays_old',
      'mv_genre_stats: expected this name to be free, got a view',
      'mv_song_analytics: expected this name to be free, got a materialized view',
      'plays_played_at_idx: expected this name to be free, got an index of songs',
      'refresh_all_materialized_views(): expected this name to be free, got a function',
      'refresh_artist_views(text): expected this name to be free, got a function',
    ];
    for (const start of expected)
      expect(
        conflicts.filter((conflict) => conflict.startsWith(start)),
        start,
      ).toHaveLength(1);
    expect(conflicts).toHaveLength(expected.length);
    expect(await listObjects(database)).toEqual(before);
    expect(await faultsOf(urlTo('everything'))).toEqual(expect.arrayContaining(conflicts));
  });

  const refused: readonly (readonly [string, string, string])[] = [
    [
      'a case-insensitive key',
      'create extension citext; alter table plays alter column listener_address type citext',
      'plays.listener_address: expected text or varchar, got citext, because the views tell texts apart that differ in case. alter table plays alter column listener_address type text',
    ],
    [
      'a key whose collation ignores case',
      `create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false); alter table plays alter column listener_address type varchar(42) collate loose`,
      'plays.listener_address: expected a deterministic collation, got loose',
    ],
    [
      'a generated column',
      'alter table plays drop column duration; alter table plays add column duration integer generated always as (7) stored',
      'plays.duration: expected an ordinary column, got a generated one',
    ],
    [
      'NULL in a counted column',
      `insert into plays (listener_address, played_at, duration, amount_paid) values ('l', now(), 1, 1)`,
      'plays.song_id: expected a value in every row, got NULL in 1 row',
    ],
    [
      'an amount that is not a number',
      `insert into songs (song_id, strategy) values ('s', 'auction'); insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('s', 'l', now(), 1, 'NaN')`,
      'plays.amount_paid: expected an amount in every row, got NaN in 1 row',
    ],
    [
      'a foreign key that empties plays',
      'alter table plays drop constraint plays_song_id_fkey, add foreign key (song_id) references songs on delete set null',
      'plays.song_id: expected a foreign key that leaves it filled, got plays_song_id_fkey with on delete set null',
    ],
    [
      'keys that come twice',
      `alter table plays drop constraint plays_song_id_fkey; alter table songs drop constraint songs_pkey; insert into songs (song_id, strategy) values ('s', 'auction'), ('s', 'auction')`,
      'songs.song_id: expected one row for each value and no NULL, got "s" in 2 rows',
    ],
    [
      'a table whose name has capitals',
      'alter table plays rename to "Plays"',
      'plays: expected this name in the search path, got only public."Plays"',
    ],
    [
      'a table in another schema',
      'create schema music; alter table plays set schema music',
      'plays: expected this name in the search path, got only music.plays',
    ],
    [
      'a trigger of a name of ours',
      `create function t() returns trigger language plpgsql as 'begin return new; end'; create trigger analytics_stamp before update on plays for each row execute function t()`,
      'The trigger analytics_stamp of plays: expected this name to be free',
    ],
    [
      'a column of a name of ours',
      'alter table plays add column analytics_writer text',
      'plays.analytics_writer: expected this name to be free, got a column of the type text',
    ],
    [
      'a foreign partition',
      `drop table plays; create table plays (id bigint, song_id text, listener_address text, played_at timestamptz, duration int, amount_paid numeric(18,8)) partition by range (played_at); create extension postgres_fdw; create server far foreign data wrapper postgres_fdw; create foreign table plays_far partition of plays default server far`,
      'plays: expected partitions in this database, got the foreign table plays_far',
    ],
    [
      'a column of another spelling',
      'alter table plays rename column played_at to "playedAt"',
      'plays: expected the column played_at, got none. For played_at: alter table plays rename column "playedAt" to played_at',
    ],
  ];
  test.each(
    refused.map(([title, sql, sentence], index) => ({ title, sql, sentence, name: `refused_${index}` })),
  )('is named before anything is done when it is $title', async ({ sql, sentence, name }) => {
    const database = await makeDatabase(name, `${tables}${sql};`);
    const before = await listObjects(database);
    expect(await conflictsOf(database)).toEqual([expect.stringContaining(sentence)]);
    expect(await listObjects(database)).toEqual(before);
    expect((await faultsOf(urlTo(name))).join('\n')).toContain(sentence);
  });

  test('is named when row security hides plays, and a refresh fails when it is switched on later', async () => {
    const superuser = await makeDatabase(
      'row_security',
      `create role keeper login password 'keeper' nosuperuser; grant all on database row_security to keeper; grant all on schema public to keeper`,
    );
    const database = open(urlTo('row_security', 'keeper'));
    await database.query(`${tables}
      insert into songs (song_id, strategy) values ('s', 'auction');
      insert into plays (song_id, listener_address, played_at, duration, amount_paid) select 's', 'l' || n, now(), 1, 1 from generate_series(1, 20) n;
      create policy own_plays on plays using (listener_address = 'l1'); alter table plays enable row level security, force row level security;`);
    expect(await conflictsOf(database)).toEqual([
      expect.stringContaining('plays: expected every row to be seen by the user keeper, got row security'),
    ]);
    await superuser.query('alter table plays no force row level security');
    await migrate(database);
    await database.query('select refresh_all_materialized_views()');
    const { rows } = await database.query('select total_plays from mv_platform_stats');
    expect(rows).toEqual([{ total_plays: 20 }]);
    await superuser.query('alter table plays force row level security');
    for (const call of ['refresh_all_materialized_views()', 'analytics.rebuild()', 'analytics.verify()'])
      await expect(database.query(`select ${call}`)).rejects.toThrow('row-level security policy');
    expect((await faultsOf(urlTo('row_security', 'keeper'))).join()).toContain('got row security');
  });

  test('is not named where something only resembles it', async () => {
    const database = await makeDatabase(
      'resembling',
      `${tables} create schema analytics; create schema shop; create table shop.plays (id int, title text);
       create function refresh_artist_views(integer) returns void language sql as 'select';
       create index plays_played_at_idx on plays (played_at desc);`,
    );
    expect(await migrate(database)).toHaveLength((await listMigrations()).length);
  });

  test('tells an adoption that an earlier version left half done how to go on', async () => {
    const database = await makeDatabase('half_done', tables);
    await database.query(`
      create schema analytics;
      create table analytics.migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now());
      insert into analytics.migrations values ('0001_artists', 'x'), ('0017_publishing', 'y')`);
    const outdated =
      'ends with the migration 0017_publishing; expected 0023_partitions_while_reading or later';
    await expect(migrate(database)).rejects.toThrow(outdated);
    await expect(prepare(database)).rejects.toThrow(outdated);
    expect((await faultsOf(urlTo('half_done'))).join()).toContain(outdated);
    await database.query('drop schema analytics cascade');
    expect(await migrate(database)).toHaveLength((await listMigrations()).length);
  });

  test('leaves nothing behind when only the server finds it', async () => {
    const database = await makeDatabase(
      'unforeseen',
      `${tables} create function refuse() returns event_trigger language plpgsql as $$
         begin if tg_tag = 'CREATE MATERIALIZED VIEW' then raise exception 'no views here'; end if; end $$;
       create event trigger refuse on ddl_command_end execute function refuse();`,
    );
    const before = await listObjects(database);
    const error = await migrate(database).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MigrationError);
    expect(String(error)).toContain(
      'views/mv_artist_analytics cannot be applied; nothing was changed: no views here',
    );
    expect(await listObjects(database)).toEqual(before);
  });
});
