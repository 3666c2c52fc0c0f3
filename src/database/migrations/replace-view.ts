import pg from 'pg';
import type { Session } from '../session/session.js';
import { type Migration, viewOf } from './list-migrations.js';
import { listMissingViews, makeMissingView } from './missing-views.js';

/**
 * Gives a materialized view the definition of its file. One that has it already keeps its rows and only gets indexes that
 * are missing. Otherwise it is made anew and filled with the numbers of the last refresh; its comment, its rights and
 * indexes of the user's are kept. Fails when something of the user's depends on it. The caller has locked the engine.
 */
export async function replaceView(session: Session, migration: Migration): Promise<void> {
  const { sql } = migration;
  const view = viewOf(migration);
  await session.query(publishedViewSql(migration));
  const missing = (await listMissingViews(session)).find((each) => each.view === view);
  if (missing) await makeMissingView(session, missing, sql);
  // One that was renamed has its name again, and may have another definition.
  if (missing && missing.renamed === null) return;
  if (await hasDefinition(session, view, sql)) {
    for (const [statement, index] of sql.matchAll(/^create (?:unique )?index (\w+) on [^;]+;/gm))
      if (!(await hasIndex(session, view, index!))) await session.query(statement);
    return;
  }
  await session.query('select analytics.note_view($1::text, $1::text::regclass)', [view]);
  // The file says which indexes of the gateway's own there are now.
  await session.query(
    `update analytics.view_note set indexes = indexes - array(
       select name from jsonb_object_keys(indexes) name where name ~ ('^' || view || '_(key|.*_idx)$')) where view = $1`,
    [view],
  );
  const { rows } = await session.query<{ owner: string }>(
    `select quote_ident(pg_get_userbyid(relowner)) as owner from pg_class where oid = $1::regclass`,
    [view],
  );
  await session.query(`drop materialized view ${view}`);
  await session.query(sql);
  await session.query('select analytics.complete_view($1)', [view]);
  await session.query(`alter materialized view ${view} owner to ${rows[0]!.owner}`);
}

/** A statement that lists a view among those that a refresh publishes and `verify` compares. */
export function publishedViewSql(migration: Migration): string {
  const { name, sql, plainDefinition = '' } = migration;
  const view = viewOf(migration);
  const key = new RegExp(`^create unique index ${view}_key on ${view} \\((\\w+)\\);`, 'm').exec(sql)?.[1];
  if (key === undefined) throw new Error(`${name}: expected a unique index ${view}_key on one column.`);
  return `insert into analytics.published_view (view, key, plain_definition)
    values (${[view, key, plainDefinition].map(pg.escapeLiteral).join(', ')})
    on conflict (view) do update set key = excluded.key, plain_definition = excluded.plain_definition`;
}

/** Compared as PostgreSQL writes both, so that neither comments nor layout count. */
async function hasDefinition(session: Session, view: string, sql: string): Promise<boolean> {
  const query = /^create materialized view \w+ as\n(.*?)\nwith no data;/ms.exec(sql)?.[1];
  if (query === undefined) throw new Error(`Expected "create materialized view ${view} as … with no data;".`);
  await session.query(`create view analytics.definition_of_file as ${query}`);
  const { rows } = await session.query<{ isSame: boolean }>(
    `select pg_get_viewdef('analytics.definition_of_file'::regclass) = pg_get_viewdef($1::regclass) as "isSame"`,
    [view],
  );
  await session.query('drop view analytics.definition_of_file');
  return rows[0]!.isSame;
}

async function hasIndex(session: Session, view: string, index: string): Promise<boolean> {
  const { rows } = await session.query<{ exists: boolean }>(
    `select exists (select from pg_index join pg_class on pg_class.oid = indexrelid
       where indrelid = $1::regclass and relname = $2) as exists`,
    [view, index],
  );
  return rows[0]!.exists;
}
