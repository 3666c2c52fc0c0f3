import { expect, it } from 'vitest';
import { viewNames } from '../../src/catalogue/index.js';
import type { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { checkViews } from '../../src/doctor/views/views.js';
import { refreshViews } from '../../src/refresh/refresh-views.js';
import { describeEachDatabase } from '../support/databases.js';
import { asOf } from '../support/fixture.js';

describeEachDatabase('A materialized view that somebody dropped or renamed', (open, name) => {
  async function withViews(work: (database: Database) => Promise<void>) {
    const database = await open('fixture');
    try {
      await work(database);
    } finally {
      await database.close();
    }
  }
  const putBack = async (database: Database) => {
    const restored: string[] = [];
    await migrate(database, undefined, (what) => restored.push(what));
    return restored;
  };
  const diagnose = (database: Database) =>
    database.transaction((client) => checkViews({ facts: { isMigrated: true } } as never, client));
  /** Everything that makes the view: columns, indexes, comment, rights and rows. */
  const describeView = async (database: Database, view: string) => {
    const { rows } = await database.query(
      `select pg_get_viewdef(c.oid) as definition, relispopulated as "isPopulated", relacl::text as rights, obj_description(c.oid, 'pg_class') as comment,
         array(select pg_get_indexdef(indexrelid) from pg_index where indrelid = c.oid order by 1) as indexes,
         (select jsonb_agg(to_jsonb(v) order by to_jsonb(v)::text) from ${view} v) as rows
       from pg_class c where oid = to_regclass($1)`,
      [view],
    );
    return rows[0];
  };
  const refresh = (database: Database) => refreshViews(database, { trigger: 'cli', wait: true });

  it.each(viewNames)('%s is put back by migrate with its indexes, rights, comment and rows', async (view) => {
    await withViews(async (database) => {
      await database.query(
        `comment on materialized view ${view} is 'It''s ours'; grant select on ${view} to public;
         create index "of the user" on ${view} using hash ((1))`,
      );
      await database.query(`select analytics.refresh('test', $1)`, [asOf]);
      const before = await describeView(database, view);
      await database.query(`drop materialized view ${view}`);
      expect(await diagnose(database)).toEqual([
        {
          level: 'fault',
          title: `The materialized view ${view} is missing`,
          advice: '`mycelix-analytics migrate` puts it back.',
        },
      ]);
      expect(await putBack(database)).toEqual([`${view} was made again`]);
      expect(await describeView(database, view)).toEqual(before);
      expect(await diagnose(database)).toEqual([]);
      expect(await putBack(database)).toEqual([]);
    });
  });

  it('leaves the other views to be refreshed, and shows the same instant as they when it is back', async () => {
    await withViews(async (database) => {
      await database.query(
        `drop materialized view mv_song_analytics;
         insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xnew', now(), 1, 2)`,
      );
      const { rowsChanged } = await refresh(database);
      expect(Object.keys(rowsChanged ?? {}).sort()).toEqual(
        viewNames.filter((view) => view !== 'mv_song_analytics').sort(),
      );
      await expect(database.query('select analytics.verify()')).rejects.toMatchObject({
        message: 'the materialized view mv_song_analytics is missing',
        hint: '`mycelix-analytics migrate` puts it back.',
      });
      expect(await putBack(database)).toEqual(['mv_song_analytics was made again']);
      const verified = await database.query(`select analytics.verify() ->> 'ok' as ok`);
      expect(verified.rows).toEqual([{ ok: 'true' }]);
      expect(Object.keys((await refresh(database)).rowsChanged ?? {})).toHaveLength(viewNames.length);
    });
  });

  it('gets its name and its schema back, with everything that it holds', async () => {
    await withViews(async (database) => {
      const before = await describeView(database, 'mv_genre_stats');
      await database.query(
        `create schema "Archive 1"; alter materialized view mv_genre_stats rename to "Old stats"; alter materialized view "Old stats" set schema "Archive 1";
         alter materialized view mv_platform_stats rename to mv_old`,
      );
      expect((await diagnose(database)).map((finding) => finding.title).sort()).toEqual([
        'The materialized view mv_genre_stats was renamed to "Archive 1"."Old stats"',
        'The materialized view mv_platform_stats was renamed to mv_old',
      ]);
      await refresh(database);
      expect((await putBack(database)).toSorted()).toEqual([
        'mv_genre_stats has its name again',
        'mv_platform_stats has its name again',
      ]);
      await database.query(`select analytics.refresh('test', $1)`, [asOf]);
      expect(await describeView(database, 'mv_genre_stats')).toEqual(before);
    });
  });

  it('is not put back over something else of its name, and migrate says so', async () => {
    await withViews(async (database) => {
      await database.query(
        'drop materialized view mv_top_songs_week; create table mv_top_songs_week (song_id text)',
      );
      await expect(putBack(database)).rejects.toThrow(
        'the name mv_top_songs_week is taken by something that is no materialized view. Rename it or drop it, then `mycelix-analytics migrate` puts the view back.',
      );
    });
  });

  it('is published without its unique index, while its readers wait, until migrate puts the index back', async () => {
    await withViews(async (database) => {
      const before = await describeView(database, 'mv_artist_analytics');
      await database.query('drop index mv_artist_analytics_key');
      expect((await diagnose(database)).map((finding) => finding.level)).toEqual(['hint']);
      expect(Object.keys((await refresh(database)).rowsChanged ?? {})).toHaveLength(viewNames.length);
      expect(await putBack(database)).toEqual(['mv_artist_analytics has its unique index again']);
      await database.query(`select analytics.refresh('test', $1)`, [asOf]);
      expect(await describeView(database, 'mv_artist_analytics')).toEqual(before);
    });
  });

  it.skipIf(name === 'PGlite')('is put back once when several migrate at the same time', async () => {
    await withViews(async (database) => {
      await database.query('drop materialized view mv_listener_activity');
      const done = await Promise.all([putBack(database), putBack(database), putBack(database)]);
      expect(done.flat()).toEqual(['mv_listener_activity was made again']);
    });
  });

  it('lets nobody read what it told no other role before', async () => {
    await withViews(async (database) => {
      await database.query('create role stranger; drop materialized view mv_listener_activity');
      await putBack(database);
      const { rows } = await database.query(
        `select has_table_privilege('stranger', 'mv_listener_activity', 'select') as may`,
      );
      expect(rows).toEqual([{ may: false }]);
      await database.query('drop role stranger');
    });
  });
});
