import type { Database } from '../database.js';
import type { Session } from '../session/session.js';
import { listMigrations, viewOf } from './list-migrations.js';
import { isOfNewerVersion } from './pending.js';

/** What the commands say of a view that was dropped or renamed by hand. */
export interface MissingView {
  readonly view: string;
  /** The relation that it is now, where it was renamed or moved to another schema. */
  readonly renamed: number | null;
  /** Such as `the materialized view mv_genre_stats is missing`. */
  readonly fault: string;
  readonly advice: string;
  /** Something else has the name of the view. */
  readonly isTaken: boolean;
}

/** As `analytics.list_missing_views` says it. */
export const missingViewAdvice = '`mycelix-analytics migrate` puts it back.';

export async function listMissingViews(session: Session): Promise<MissingView[]> {
  const { rows } = await session.query<MissingView>(
    'select view, renamed, fault, advice, to_regclass(view) is not null as "isTaken" from analytics.list_missing_views()',
  );
  return rows;
}

/** Views that cannot be refreshed CONCURRENTLY. */
export async function listViewsWithoutKey(session: Session): Promise<string[]> {
  const { rows } = await session.query<{ view: string }>(
    `select view from unnest(analytics.list_views()) view join pg_class on oid = to_regclass(view)
     where relkind = 'm' and relispopulated and not analytics.can_publish_concurrently(oid)`,
  );
  return rows.map((row) => row.view);
}

/**
 * Puts back views that are missing, and fills them with the numbers of the last refresh. Of several processes that do so
 * at once the first one does it.
 * @returns what became of each view that was put back.
 */
export async function restoreViews(database: Database): Promise<string[]> {
  const lacksNothing = await database.transaction(
    async (session) =>
      (await listMissingViews(session)).length + (await listViewsWithoutKey(session)).length === 0,
  );
  if (lacksNothing) return [];
  // Another transaction, because after waiting for the lock this one may know the catalog only as it was before.
  return database.transaction(async (session) => {
    await session.query('set local statement_timeout = 0');
    await session.query('select from analytics.engine for update');
    if (await isOfNewerVersion(session))
      return (await listMissingViews(session)).map(
        ({ fault }) => `${fault}; left to the newer gateway that migrated this database`,
      );
    const migrations = await listMigrations();
    const sqlOf = (view: string) =>
      migrations.find((migration) => migration.kind === 'view' && viewOf(migration) === view)!.sql;
    const done: string[] = [];
    for (const missing of await listMissingViews(session))
      done.push(await makeMissingView(session, missing, sqlOf(missing.view)));
    for (const view of await listViewsWithoutKey(session)) {
      const key = new RegExp(`^create unique index ${view}_key on [^;]+;`, 'm').exec(sqlOf(view));
      await session.query(key![0]);
      done.push(`${view} has its unique index again`);
    }
    return done;
  });
}

/** Makes one view from the SQL of its file, or gives a renamed one its name back. Says what it did. */
export async function makeMissingView(
  session: Session,
  { view, renamed, fault, advice, isTaken }: MissingView,
  sql: string,
): Promise<string> {
  if (isTaken) throw new Error(`${fault}. ${advice}`);
  if (renamed !== null) {
    await session.query('select analytics.give_name_back($1, $2)', [view, renamed]);
    return `${view} has its name again`;
  }
  await session.query(sql);
  await session.query('select analytics.complete_view($1)', [view]);
  return `${view} was made again`;
}
