import { sql } from 'kysely';
import { rawQuery } from '../../database/raw-query.js';
import { type Reader, readOne } from '../../database/reader/reader.js';

/** A normalized statement of pg_stat_statements; `$1` and so on stand for literals. */
export interface WorkloadStatement {
  readonly text: string;
  readonly calls: number;
  readonly totalMs: number;
  readonly rows: number;
}

/** Maximum number of statements examined, by total time. */
const maxStatements = 200;

/** Shown when pg_stat_statements is not available. */
export const workloadNeeds =
  'The extension pg_stat_statements: add it to shared_preload_libraries, restart the server, then create it in this database.';

/**
 * Lists queries that this role executed in this database, by total time; null without pg_stat_statements. Other roles'
 * queries are left out: planning evaluates functions marked IMMUTABLE, which must not run with the gateway's rights.
 */
export async function listWorkload(reader: Reader): Promise<WorkloadStatement[] | null> {
  const schema = await findSchema(reader);
  if (schema === null) return null;
  const query = sql<WorkloadStatement>`
    select s.query as "text", sum(s.calls)::float8 as "calls", sum(s.total_exec_time) as "totalMs",
      sum(s.rows)::float8 as "rows"
    from ${sql.id(schema, 'pg_stat_statements')} s
    where s.dbid = (select oid from pg_database where datname = current_database())
      and s.userid = (select oid from pg_roles where rolname = current_user)
      and s.query ~* '^\\s*(/\\*[^*]*\\*/\\s*)*(select|with)\\M'
    group by s.query order by 3 desc limit ${maxStatements}`;
  return reader.read('advice.workload', rawQuery(query));
}

async function findSchema(reader: Reader): Promise<string | null> {
  const query = sql<{ schema: string }>`
    select n.nspname::text as "schema" from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_stat_statements' and has_schema_privilege(n.oid, 'usage')
      and current_setting('pg_stat_statements.max', true) is not null`;
  const found = await readOne(reader, 'advice.statements', rawQuery(query));
  return found?.schema ?? null;
}
