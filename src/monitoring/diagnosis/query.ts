import { type RawBuilder, sql } from 'kysely';
import { rawQuery } from '../../database/raw-query.js';
import type { Reader } from '../../database/reader/reader.js';

/** Runs one named monitoring query. */
export function list<Row>(reader: Reader, name: string, query: RawBuilder<Row>): Promise<Row[]> {
  return reader.read(`monitoring.${name}`, rawQuery(query));
}

/** Runs a named monitoring query that returns exactly one row. */
export async function find<Row>(reader: Reader, name: string, query: RawBuilder<Row>): Promise<Row> {
  const [row] = await list(reader, name, query);
  if (row === undefined) throw new Error(`Expected one row of ${name}, got none.`);
  return row;
}

/** Whether `namespace` is neither a system schema nor a TOAST or temporary schema. */
export const isUserSchema = (namespace: string) => sql<boolean>`(
  ${sql.ref(namespace)} not in ('pg_catalog', 'information_schema') and ${sql.ref(namespace)} !~ '^pg_(toast|temp)')`;

/** Whether no other session holds or waits for an ACCESS EXCLUSIVE lock on a relation. */
function isUnlocked(relation: string) {
  return sql<boolean>`not exists (
    select from pg_locks where locktype = 'relation' and mode = 'AccessExclusiveLock' and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      and relation = ${sql.ref(relation)})`;
}

/**
 * The size of a relation in bytes; null while the relation is exclusively locked, because the size functions would
 * wait for that lock.
 */
export const sizeOf = (relation: string, measure: 'pg_relation_size' | 'pg_indexes_size' | 'pg_table_size') =>
  sql<
    number | null
  >`case when ${isUnlocked(relation)} then ${sql.raw(measure)}(${sql.ref(relation)}::regclass) end`;

/** The CREATE INDEX statement of index `i`; null while locked, because pg_get_indexdef waits for the lock too. */
export const definition = sql<
  string | null
>`case when ${isUnlocked('i.indrelid')} and ${isUnlocked('i.indexrelid')}
  then pg_get_indexdef(i.indexrelid) end`;

/** Whether this database user may see other users' activity. */
export const seesOthers = sql<boolean>`pg_has_role('pg_read_all_stats', 'usage')`;

/**
 * Whether a row of pg_stat_activity is a client session. Without privileges, `backend_type` of other users' sessions is
 * null but `usesysid` is visible; background processes have no `usesysid`.
 */
export const isClient = sql<boolean>`(backend_type in ('client backend', 'standalone backend')
  or backend_type is null and usesysid is not null)`;

/** What PostgreSQL shows in place of another user's query text. */
export const hiddenText = '<insufficient privilege>';

/** What is missing to see all sessions of this database; null when none is hidden. */
export async function needsToSeeOthers(reader: Reader): Promise<string | null> {
  const { hidden } = await find(
    reader,
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
