import { sql } from 'kysely';
import type { DatabaseKind } from '../../../database/database.js';
import { nameIn } from '../../../database/reader/named-text.js';
import type { Reader } from '../../../database/reader/reader.js';
import { find, hiddenText, list } from '../query.js';
import { type Available, available, type Section, unavailable } from '../section.js';
import type { Statement, StatementOrder, Statements } from './statements-type.js';
import { withoutLiterals } from './without-literals.js';

/** Excludes utility statements, whose text pg_stat_statements does not normalize. */
const isPlain = sql`query ~* '^(\\s|\\(|--[^\n]*\n|/[*]([^*]|[*]+[^*/])*[*]+/)*(select|insert|update|delete|merge|with|values|table)\\M'`;

/** In characters. */
const maxTextLength = 10_000;

const orders = {
  TOTAL_TIME: sql`"totalTimeMs"`,
  MEAN_TIME: sql`"meanTimeMs"`,
  CALLS: sql`"calls"`,
  IO: sql`"pagesRead" + "pagesWritten" + "temporaryPages"`,
} as const satisfies Record<StatementOrder, unknown>;

interface Extension {
  readonly schema: string | null;
  readonly isOffered: boolean;
  readonly tracksTimes: boolean;
}

export async function listStatements(
  reader: Reader,
  kind: DatabaseKind,
  limit: number,
  orderBy: StatementOrder,
): Promise<Available<Statements> | Section> {
  const { schema, isOffered, tracksTimes } = await find(
    reader,
    'statements.extension',
    sql<Extension>`
      select (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
          where e.extname = 'pg_stat_statements') as "schema",
        exists (select from pg_available_extensions where name = 'pg_stat_statements') as "isOffered",
        current_setting('track_io_timing')::bool as "tracksTimes"`,
  );
  if (schema === null) return unavailable(needsOf(kind, isOffered));
  const view = sql.id(schema, 'pg_stat_statements');
  const { hidden, countedSince, forgotten } = await find(
    reader,
    'statements.state',
    sql<{ hidden: number; countedSince: string | null; forgotten: number | null }>`
      select (select count(*) from ${view} s join pg_database d on d.oid = s.dbid
          where d.datname = current_database() and s.query = ${hiddenText}) as "hidden",
        stats_reset as "countedSince", dealloc as "forgotten" from ${sql.id(schema, 'pg_stat_statements_info')}`,
  );
  const rows = await list(
    reader,
    'statements',
    sql<Statement>`
      -- Some columns are named differently in different versions of the extension, so they are read through to_jsonb.
      select * from (select queryid::text as "id", left(query, ${maxTextLength}) as "query", sum(calls)::bigint as "calls", sum(total_exec_time) as "totalTimeMs",
        sum(total_exec_time) / greatest(sum(calls), 1)::float8 as "meanTimeMs", min(min_exec_time) as "minTimeMs",
        max(max_exec_time) as "maxTimeMs", sum(rows)::bigint as "rows", sum(shared_blks_hit)::bigint as "pagesHit",
        sum(shared_blks_read)::bigint as "pagesRead", sum(shared_blks_written)::bigint as "pagesWritten",
        sum(temp_blks_read + temp_blks_written)::bigint as "temporaryPages",
        (sum(shared_blks_hit) / nullif(sum(shared_blks_hit + shared_blks_read), 0))::float8 as "hitRatio",
        sum(wal_bytes)::bigint as "walBytes", sum(
          coalesce(all_columns ->> 'shared_blk_read_time', all_columns ->> 'blk_read_time')::float8
          + coalesce(all_columns ->> 'shared_blk_write_time', all_columns ->> 'blk_write_time')::float8) as "ioTimeMs"
      from (select s.*, to_jsonb(s) - 'query' as all_columns from ${view} s) s
      where dbid = (select oid from pg_database where datname = current_database()) and ${isPlain}
      group by queryid, query) statements
      order by ${orders[orderBy]} desc, 1 limit ${limit}`,
  );
  const items = rows.map((row) => ({
    ...row,
    name: nameIn(row.query),
    query: withoutLiterals(row.query),
    ioTimeMs: tracksTimes ? row.ioTimeMs : null,
  }));
  return available(
    { items, countedSince, forgotten },
    hidden > 0
      ? `The role pg_read_all_stats (or pg_monitor) for this database user: ${hidden} statements of other users are hidden from it.`
      : null,
  );
}

function needsOf(kind: DatabaseKind, isOffered: boolean): string {
  if (kind === 'embedded')
    return 'The extension pg_stat_statements, which this embedded database was opened without.';
  return isOffered
    ? 'The extension pg_stat_statements: add it to shared_preload_libraries, restart the server, and run CREATE EXTENSION pg_stat_statements.'
    : 'The extension pg_stat_statements, which is not installed on the server: it comes with PostgreSQL’s contrib package.';
}
