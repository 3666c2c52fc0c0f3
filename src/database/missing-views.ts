import type pg from 'pg';
import type { Database } from './database.js';

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

export async function listMissingViews(client: pg.ClientBase): Promise<MissingView[]> {
  const { rows } = await client.query<MissingView>(
    'select view, renamed, fault, advice, to_regclass(view) is not null as "isTaken" from analytics.list_missing_views()',
  );
  return rows;
}

/** Views that are there, but can only be published while their readers wait. */
export async function listViewsWithoutKey(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ view: string }>(
    `select view from unnest(analytics.list_views()) view join pg_class on oid = to_regclass(view)
     where relkind = 'm' and relispopulated and not analytics.can_publish_concurrently(oid)`,
  );
  return rows.map((row) => row.view);
}

/**
 * Puts back what is missing, from the SQL of the migrations, and fills it with the numbers of the last refresh. Of
 * several processes that come at once the first one does it.
 * @returns what became of each view that was put back.
 */
export async function restoreViews(database: Database, migrations: readonly string[]): Promise<string[]> {
  const lacksNothing = await database.transaction(
    async (client) =>
      (await listMissingViews(client)).length + (await listViewsWithoutKey(client)).length === 0,
  );
  if (lacksNothing) return [];
  // Another transaction, because after waiting for the lock this one may know the catalog only as it was before.
  return database.transaction(async (client) => {
    await client.query('set local statement_timeout = 0');
    await client.query('select from analytics.engine for update');
    const done: string[] = [];
    for (const missing of await listMissingViews(client))
      done.push(await restore(client, missing, migrations));
    for (const view of await listViewsWithoutKey(client)) {
      await client.query(keyOf(view, migrations));
      done.push(`${view} has its unique index again`);
    }
    return done;
  });
}

async function restore(
  client: pg.ClientBase,
  { view, renamed, fault, advice, isTaken }: MissingView,
  migrations: readonly string[],
): Promise<string> {
  if (isTaken) throw new Error(`${fault}. ${advice}`);
  if (renamed !== null) {
    await client.query('select analytics.give_name_back($1, $2)', [view, renamed]);
    return `${view} has its name again`;
  }
  await client.query(migrationOf(view, migrations));
  await client.query('select analytics.complete_view($1)', [view]);
  return `${view} was made again`;
}

function migrationOf(view: string, migrations: readonly string[]): string {
  return find(migrations, new RegExp(`^create materialized view ${view} as`, 'm'))[1];
}

function keyOf(view: string, migrations: readonly string[]): string {
  return find(migrations, new RegExp(`^create unique index ${view}_key on [^;]+;`, 'm'))[0];
}

/** The last migration that holds it is the one that is in force. */
function find(migrations: readonly string[], pattern: RegExp): readonly [match: string, sql: string] {
  for (const sql of [...migrations].reverse()) {
    const match = pattern.exec(sql);
    if (match) return [match[0], sql];
  }
  throw new Error(`No migration holds ${pattern.source}.`);
}
