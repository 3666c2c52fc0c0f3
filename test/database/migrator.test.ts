import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AdoptionError } from '../../src/database/adoption/conflict.js';
import type { Database } from '../../src/database/database.js';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { listMigrations } from '../../src/database/migrations/list-migrations.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { findPending } from '../../src/database/migrations/pending.js';
import { summarizeMigrations } from '../../src/database/migrations/summarize.js';
import { AdoptionNeeded, prepare } from '../../src/database/prepare.js';
import { openServer } from '../../src/database/server.js';
import { buildGateway } from '../refresh/gateway-process.js';
import { createPglite } from '../support/database-templates.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { migrateWords } from '../support/start-words.js';

let server: PostgresServer;
const opened: Database[] = [];
beforeAll(async () => {
  buildGateway();
  server = await startPostgres(18);
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await server.stop();
});

const urlTo = (name: string) => server.url.replace(/\/postgres$/, `/${name}`);

function open(url: string): Database {
  const database = openServer({ connectionString: url, statementTimeoutMs: 0, poolSize: 2 });
  opened.push(database);
  return database;
}

async function makeDatabase(name: string, sql = ''): Promise<Database> {
  await open(server.url).query(`create database ${name}`);
  const database = open(urlTo(name));
  if (sql) await database.query(sql);
  return database;
}

/** Everything that has a name in the schemas of the gateway and of the user. */
async function listObjects(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ object: string }>(
    `select n.nspname || '.' || relname || ' ' || relkind::text || ' ' || c.oid || ' ' || coalesce(pg_relation_filenode(c.oid), 0) as object
     from pg_class c join pg_namespace n on n.oid = relnamespace where nspname in ('public', 'analytics')
     union all select nspname || '.' || proname || '()' from pg_proc join pg_namespace n on n.oid = pronamespace
     where nspname in ('public', 'analytics')
     union all select nspname from pg_namespace where nspname = 'analytics' order by 1`,
  );
  return rows.map((row) => row.object);
}

const artists = `create table artists (artist_address varchar(64) primary key, name varchar(200) not null, created_at timestamptz, website text);`;
const songs = `create table songs (song_id varchar(64) primary key, title varchar(300), artist_address varchar(64) references artists,
  genre varchar(50), strategy varchar(30), created_at timestamptz, isrc char(12));`;
const plays = `create table plays (id serial primary key, song_id varchar(64) references songs, listener_address varchar(64),
  played_at timestamptz, duration integer, amount_paid numeric(20,10), device jsonb);`;
const rows = `
  insert into artists select 'artist-' || n, 'Artist ' || n, now(), 'https://example.org/' || n from generate_series(1, 5) n;
  insert into songs select 'song-' || n, 'Song ' || n, 'artist-' || (n % 5 + 1), 'ambient', 'patronage', now(), 'ISRC00000001' from generate_series(1, 20) n;
  insert into plays (song_id, listener_address, played_at, duration, amount_paid, device)
    select 'song-' || (n % 20 + 1), 'listener-' || (n % 50), now() - make_interval(hours => n), n, 0.0000000001 * n, '{"kind": "phone"}'
    from generate_series(1, 2000) n;`;

describe('an empty database', () => {
  test('is migrated once by ten processes that begin at the same time', async () => {
    const database = await makeDatabase('ten_at_once');
    const migrations = await listMigrations();
    const environment = { ...process.env, DATABASE_URL: urlTo('ten_at_once') };
    const runs = await Promise.all(
      Array.from({ length: 10 }, () =>
        promisify(execFile)(process.execPath, migrateWords, { env: environment }),
      ),
    );
    expect(runs).toHaveLength(10);
    const applied = runs.flatMap((run) => run.stdout.match(/(?<=applied ).+/g) ?? []);
    expect(applied).toEqual(summarizeMigrations(migrations));
    expect((await findPending(database)).migrations).toEqual([]);
    const alone = await makeDatabase('one_alone');
    await migrate(alone);
    const names = (objects: string[]) => objects.map((object) => object.split(' ')[0]);
    expect(names(await listObjects(database))).toEqual(names(await listObjects(alone)));
  });

  test('is not changed by migrating again', async () => {
    const database = await makeDatabase('twice');
    expect(await migrate(database)).toHaveLength((await listMigrations()).length);
    const before = await listObjects(database);
    expect(await migrate(database)).toEqual([]);
    expect(await listObjects(database)).toEqual(before);
  });

  test('can be migrated again by a user who may only look', async () => {
    const database = await makeDatabase('looking');
    await migrate(database);
    await database.query(
      `create role looker login password 'looker'; grant usage on schema analytics to looker; grant select on analytics.migrations to looker`,
    );
    const looker = open(urlTo('looking').replace('postgres:postgres', 'looker:looker'));
    expect(await migrate(looker)).toEqual([]);
  });

  test('gets the same schema when it is the embedded one', async () => {
    const embedded = overPglite(await createPglite());
    try {
      await migrate(embedded);
      expect(await migrate(embedded)).toEqual([]);
      expect((await findPending(embedded)).migrations).toEqual([]);
    } finally {
      await embedded.close();
    }
  });
});

describe('a database with tables of its own', () => {
  test('is adopted with every row kept and nothing rewritten', async () => {
    const database = await makeDatabase('adopted', artists + songs + plays + rows);
    const look = async () => {
      const { rows } = await database.query(
        `select (select count(*) from plays) as plays, (select sum(amount_paid) from plays) as amount,
           (select md5(string_agg(p::text, '' order by id)) from (select id, song_id, listener_address, played_at, duration, amount_paid, device from plays) p) as content,
           (select md5(string_agg(a::text, '' order by artist_address)) from artists a) as artists,
           (select md5(string_agg(s::text, '' order by song_id)) from songs s) as songs,
           pg_relation_filenode('plays') as plays_file, pg_relation_filenode('songs') as songs_file, pg_relation_filenode('artists') as artists_file,
           (select relkind::text from pg_class where oid = 'plays'::regclass) as kind`,
      );
      return rows[0];
    };
    const before = await look();
    await migrate(database);
    expect(await look()).toEqual(before);
    expect(before).toMatchObject({ plays: 2000, kind: 'r' });

    await database.query('select refresh_all_materialized_views()');
    const { rows: stats } = await database.query(
      'select total_plays, total_listeners, total_volume = (select sum(amount_paid) from plays) as "isExact" from mv_platform_stats',
    );
    expect(stats).toEqual([{ total_plays: 2000, total_listeners: 50, isExact: true }]);
    const { rows: verdict } = await database.query(`select analytics.verify() ->> 'ok' as ok`);
    expect(verdict).toEqual([{ ok: 'true' }]);
  });

  test('is adopted only on purpose', async () => {
    const database = await makeDatabase('on_purpose', artists + songs + plays);
    const before = await listObjects(database);
    await expect(prepare(database)).rejects.toThrow(AdoptionNeeded);
    expect(await listObjects(database)).toEqual(before);
    await migrate(database);
    await prepare(database);
  });

  test('hears of every missing column in one error, and is not changed', async () => {
    const database = await makeDatabase(
      'incomplete',
      `${artists}${songs}${plays}
       alter table artists drop column name; alter table songs drop column genre, drop column strategy; alter table plays drop column duration;`,
    );
    const before = await listObjects(database);
    const error = await migrate(database).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(AdoptionError);
    expect((error as AdoptionError).conflicts.map(({ found }) => found)).toEqual([
      'artists: expected the column name, got none',
      'songs: expected the columns genre, strategy, got none',
      'plays: expected the column duration, got none',
    ]);
    expect(await listObjects(database)).toEqual(before);
  });

  const refusals = [
    [
      'money as a float',
      'float_money',
      'alter table plays alter column amount_paid type float8',
      'got double precision',
    ],
    [
      'a numeric without a scale',
      'free_numeric',
      'alter table plays alter column amount_paid type numeric',
      'got numeric',
    ],
    [
      'times without a zone',
      'local_time',
      'alter table plays alter column played_at type timestamp',
      'got timestamp without time zone',
    ],
    [
      'a view of its own under one of the names',
      'own_view',
      'create materialized view mv_genre_stats as select 1 as one',
      'mv_genre_stats: expected this name to be free',
    ],
    [
      'a strategy that is not known',
      'odd_strategy',
      `insert into artists values ('a', 'A'); insert into songs values ('s', 'S', 'a', null, 'barter')`,
      'got "barter"',
    ],
  ] as const;
  test.each(refusals)('is refused for %s, and is not changed', async (_title, name, sql, message) => {
    const database = await makeDatabase(name, `${artists}${songs}${plays}${sql};`);
    const before = await listObjects(database);
    await expect(migrate(database)).rejects.toThrow(message);
    expect(await listObjects(database)).toEqual(before);
  });

  test('is refused when plays is a view', async () => {
    const database = await makeDatabase(
      'plays_view',
      `${plays.replace('references songs', '')} alter table plays rename to raw_plays; create view plays as select * from raw_plays;`,
    );
    await expect(migrate(database)).rejects.toThrow(
      'plays: expected a table, got a relation of another kind',
    );
  });
});

test('a migration that was changed after it had been applied is noticed', async () => {
  const database = await makeDatabase('changed');
  await migrate(database);
  await database.query(`update analytics.migrations set checksum = 'other' where name like '0001%'`);
  await expect(migrate(database)).rejects.toThrow(
    'The migration 0001_baseline was changed after it had been applied',
  );
  await expect(prepare(database)).rejects.toThrow('was changed after it had been applied');
});

test('migrations are numbered without a gap', async () => {
  const steps = (await listMigrations()).filter(({ kind }) => kind === 'step');
  const numbers = steps.map(({ name }) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
});
