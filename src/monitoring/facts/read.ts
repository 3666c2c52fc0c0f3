import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { run } from '../../database/query.js';

/** Runs one statement of monitoring under its name. */
export function list<Row>(database: Database, name: string, query: RawBuilder<Row>): Promise<Row[]> {
  return run(database, `monitoring.${name}`, { compile: () => query.compile(database.kysely) });
}

/** The same for a statement that gives exactly one row. */
export async function find<Row>(database: Database, name: string, query: RawBuilder<Row>): Promise<Row> {
  const [row] = await list(database, name, query);
  if (row === undefined) throw new Error(`Expected one row of ${name}, got none.`);
  return row;
}

/** Whether `namespace` holds tables of the database's users, and not of PostgreSQL or of one session. */
export const isUserSchema = (namespace: string) => sql<boolean>`(
  ${sql.ref(namespace)} not in ('pg_catalog', 'information_schema') and ${sql.ref(namespace)} !~ '^pg_(toast|temp)')`;

/** Whether nobody has, or waits for, a lock on a relation that keeps everybody out. */
function isUnlocked(relation: string) {
  return sql<boolean>`not exists (
    select from pg_locks where locktype = 'relation' and mode = 'AccessExclusiveLock' and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      and relation = ${sql.ref(relation)})`;
}

/**
 * The size of a relation in bytes. Measuring waits for an exclusive lock that somebody holds or waits for, so what is
 * locked like that has no size: null.
 */
export const sizeOf = (relation: string, measure: 'pg_relation_size' | 'pg_indexes_size' | 'pg_table_size') =>
  sql<
    number | null
  >`case when ${isUnlocked(relation)} then ${sql.raw(measure)}(${sql.ref(relation)}::regclass) end`;

/** The statement that makes the index `i`; null for the same reason, because reading it waits for locks too. */
export const definition = sql<
  string | null
>`case when ${isUnlocked('i.indrelid')} and ${isUnlocked('i.indexrelid')}
  then pg_get_indexdef(i.indexrelid) end`;

/** Whether this user may see what others do. */
export const seesOthers = sql<boolean>`pg_has_role('pg_read_all_stats', 'usage')`;

/**
 * Whether a row of pg_stat_activity is the session of a client. Of the sessions of others a user without rights sees no
 * kind, but whose they are, and those of PostgreSQL itself are nobody's.
 */
export const isClient = sql<boolean>`(backend_type in ('client backend', 'standalone backend')
  or backend_type is null and usesysid is not null)`;

/** What stands in the place of everything that a user may not see of others. */
export const hiddenText = '<insufficient privilege>';

/** What it takes to see the sessions of others in this database; null when none is hidden. */
export async function needsToSeeOthers(database: Database): Promise<string | null> {
  const { hidden } = await find(
    database,
    'hiddenSessions',
    sql<{ hidden: number }>`
      select count(*) as "hidden" from pg_stat_activity
      where datname = current_database() and query = ${hiddenText} and ${isClient}`,
  );
  return hidden > 0 ? needsFor(hidden) : null;
}

export function needsFor(hidden: number): string {
  const sessions = hidden === 1 ? 'session of other users is' : 'sessions of other users are';
  return `The role pg_read_all_stats (or pg_monitor) for this database user: ${hidden} ${sessions} hidden from it.`;
}
