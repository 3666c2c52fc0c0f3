import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { describeEachDatabase } from '../support/databases.js';
import { asOf } from '../support/fixture.js';
import { holdSession } from '../support/hold-session.js';
import { until } from '../support/wait.js';

const folder = new URL('../../migrations/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const list = (at: string) => readdirSync(new URL(at, folder)).filter((file) => /^\w+\.sql$/.test(file));

describe('The migrations', () => {
  it.each(list('functions/'))('define one function in functions/%s, under its name', (file) => {
    const names = [...read(`functions/${file}`).matchAll(/^create .*?function ([\w.]+)\(/gm)].map((match) =>
      match[1]?.replace('analytics.', ''),
    );
    expect(names).toEqual([file.replace('.sql', '')]);
    expect(read(`functions/${file}`)).toMatch(/^comment on function /m);
  });

  it.each(list('views/'))('define one materialized view in views/%s, under its name', (file) => {
    const names = [...read(`views/${file}`).matchAll(/^create materialized view (\w+) as$/gm)];
    expect(names.map((match) => match[1])).toEqual([file.replace('.sql', '')]);
  });

  it('define neither functions nor views in steps', () => {
    for (const file of list('.'))
      expect(read(file)).not.toMatch(/^create (or replace )?(materialized )?(function|view) /m);
  });
});

describeEachDatabase('A definition that differs from its file', (open) => {
  const rowsOf = async (database: Database, sql: string) => (await database.query(sql)).rows;
  const changeRecord = (database: Database, name: string, change: string) =>
    database.query(`update analytics.migrations set ${change} where name = '${name}'`);

  it('is replaced: a function', async () => {
    const database = await open();
    await database.query(
      'create or replace function analytics.refuse_own_writes() returns void language sql as $$ select $$',
    );
    await changeRecord(database, 'functions/refuse_own_writes', `checksum = 'of another text'`);
    expect(await migrate(database)).toEqual(['functions/refuse_own_writes']);
    const [{ body }] = await rowsOf(
      database,
      `select prosrc as body from pg_proc where proname = 'refuse_own_writes'`,
    );
    expect(body).toContain('a refresh cannot run in a transaction that wrote plays');
    expect(await migrate(database)).toEqual([]);
    await database.close();
  });

  it('is replaced: a view, with its rows, its comment, rights and an index of the user', async () => {
    const database = await open('fixture');
    const before = await rowsOf(database, 'select * from mv_genre_stats order by genre');
    await database.query(`
      drop materialized view mv_genre_stats;
      create materialized view mv_genre_stats as select name as genre from analytics.genre;
      create unique index mv_genre_stats_key on mv_genre_stats (genre);
      create index of_the_user on mv_genre_stats (upper(genre));
      create index mv_genre_stats_former_idx on mv_genre_stats (genre);
      comment on materialized view mv_genre_stats is 'Ours';
      grant select on mv_genre_stats to public`);
    await changeRecord(database, 'views/mv_genre_stats', `checksum = 'of another text'`);
    expect(await migrate(database)).toEqual(['views/mv_genre_stats']);
    expect(await rowsOf(database, 'select * from mv_genre_stats order by genre')).toEqual(before);
    expect(
      await rowsOf(
        database,
        `select obj_description(oid, 'pg_class') as comment, relacl::text like '%=r/%' as "isReadable",
           to_regclass('of_the_user') is not null as "hasIndex",
           to_regclass('mv_genre_stats_former_idx') is not null as "hasFormerIndex" from pg_class where relname = 'mv_genre_stats'`,
      ),
    ).toEqual([{ comment: 'Ours', isReadable: true, hasIndex: true, hasFormerIndex: false }]);
    await database.query(`select analytics.refresh('test', '${asOf}')`);
    await database.close();
  });

  it('is left alone with its rows where only the text of the file has changed', async () => {
    const database = await open('fixture');
    const file = `select pg_relation_filenode('mv_song_analytics') as file`;
    const before = await rowsOf(database, file);
    await database.query('create view of_the_user as select title from mv_song_analytics');
    await changeRecord(database, 'views/mv_song_analytics', `checksum = 'of another text'`);
    expect(await migrate(database)).toEqual(['views/mv_song_analytics']);
    expect(await rowsOf(database, file)).toEqual(before);
    await database.close();
  });

  it('stays where a view of the user depends on it, and nothing is changed', async () => {
    const database = await open();
    await database.query(`
      drop materialized view mv_genre_stats;
      create materialized view mv_genre_stats as select name as genre from analytics.genre;
      create unique index mv_genre_stats_key on mv_genre_stats (genre);
      create view of_the_user as select genre from mv_genre_stats`);
    await changeRecord(database, 'views/mv_genre_stats', `checksum = 'of another text'`);
    await expect(migrate(database)).rejects.toThrow(
      'The migration views/mv_genre_stats cannot be applied; nothing was changed: cannot drop materialized view mv_genre_stats because other objects depend on it (view of_the_user depends on materialized view mv_genre_stats)',
    );
    expect(await rowsOf(database, 'select * from of_the_user')).toEqual([]);
    await database.close();
  });

  it('is left alone where a newer gateway applied it', async () => {
    const database = await open();
    await changeRecord(database, 'functions/refresh', `checksum = 'of another text', version = '999.0.0'`);
    expect(await migrate(database)).toEqual([]);
    await database.query('drop materialized view mv_genre_stats');
    const restored: string[] = [];
    await migrate(database, undefined, (what) => restored.push(what));
    expect(restored).toEqual([
      'the materialized view mv_genre_stats is missing; left to the newer gateway that migrated this database',
    ]);
    await database.close();
  });

  it('is applied when no refresh runs, so that none goes on with other functions than it began with', async () => {
    const database = await open();
    if (database.kind === 'embedded') return database.close();
    await changeRecord(database, 'functions/refresh', `checksum = 'of another text'`);
    const refresh = await holdSession(database);
    await refresh.query('begin; select analytics.refresh()');
    let isDone = false;
    const migrating = migrate(database).then((names) => {
      isDone = true;
      return names;
    });
    await until('the migration to wait', async () => {
      const rows = await rowsOf(database, `select from pg_stat_activity where wait_event_type = 'Lock'`);
      return rows.length > 0;
    });
    expect(isDone).toBe(false);
    await refresh.query('commit');
    refresh.release();
    expect(await migrating).toEqual(['functions/refresh']);
    await database.close();
  });
});
