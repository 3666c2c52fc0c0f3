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

/**
 * The size of a relation in bytes. Measuring waits for an exclusive lock that somebody holds or waits for, so what is
 * locked like that has no size: null.
 */
export const sizeOf = (relation: string, measure: 'pg_relation_size' | 'pg_indexes_size' | 'pg_table_size') =>
  sql<number | null>`case when not exists (
    select from pg_locks where locktype = 'relation' and mode = 'AccessExclusiveLock' and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())
      and relation = ${sql.ref(relation)}
  ) then ${sql.raw(measure)}(${sql.ref(relation)}::regclass) end`;

/** Whether this user may see what others do. */
export const seesOthers = sql<boolean>`pg_has_role('pg_read_all_stats', 'usage')`;

export const needsToSeeOthers = (hidden: number) =>
  `The role pg_read_all_stats (or pg_monitor) for this database user: ${hidden} ${hidden === 1 ? 'session' : 'sessions'} of other users ${hidden === 1 ? 'is' : 'are'} hidden from it.`;
