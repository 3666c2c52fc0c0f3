import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { definition, isUserSchema, list, sizeOf } from './read.js';
import { type Seen, sectionOf, seen } from './section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'An index and how often it was read. One over partitions counts them all.',
})
export class IndexUsage {
  @Field(() => String, { description: 'The schema it is in.' })
  schema!: string;

  @Field(() => String, { description: 'The table or view it is on.' })
  table!: string;

  @Field(() => String, { description: 'Its name.' })
  index!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The statement that makes it; null while somebody has it locked exclusively.',
  })
  definition!: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Its size in bytes; null while somebody has it locked exclusively.',
  })
  sizeBytes!: number | null;

  @Field(() => BigIntScalar, { description: 'How often it was read since the statistics begin.' })
  scans!: number;

  @Field(() => BigIntScalar, { description: 'Entries of the index that those reads gave.' })
  entriesRead!: number;

  @Field(() => BigIntScalar, { description: 'Rows of the table that were fetched by them.' })
  rowsFetched!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it was read last, in UTC; null if never, and on PostgreSQL 15, which does not keep it.',
  })
  lastUsedAt!: string | null;

  @Field(() => BigIntScalar, {
    description: 'How often its table was read in any way since the statistics begin.',
  })
  tableReads!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The indexes, the most read first.' })
export class IndexUsages extends sectionOf(
  IndexUsage,
  'IndexUsageList',
  'The indexes, the most read first.',
) {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the statistics begin, in UTC: counts are of the time since then, on this server alone. A crash of the server begins them anew.',
  })
  observedSince?: string | null;
}

/**
 * Each index with its reads, its partitions summed: `root` is the index of the topmost table. PostgreSQL keeps neither when
 * an index was made nor reads of a partitioned index itself.
 */
export const indexReads = sql`(
  select root, sum(scans)::bigint as scans, sum(entries_read)::bigint as entries_read,
    sum(rows_fetched)::bigint as rows_fetched, max(last_used) as last_used, sum(size)::bigint as size
  from (
    select coalesce(pg_partition_root(i.indexrelid)::oid, i.indexrelid) as root, coalesce(s.idx_scan, 0) as scans,
      coalesce(s.idx_tup_read, 0) as entries_read, coalesce(s.idx_tup_fetch, 0) as rows_fetched,
      (to_jsonb(s) ->> 'last_idx_scan')::timestamptz as last_used, ${sizeOf('i.indexrelid', 'pg_relation_size')} as size
    from pg_index i left join pg_stat_all_indexes s on s.indexrelid = i.indexrelid
    where i.indexrelid in (select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${isUserSchema('n.nspname')})
  ) leaf group by root)`;

/** How often each table was read in any way, its partitions summed under the topmost one. */
export const tableReads = sql`(
  select coalesce(pg_partition_root(relid)::oid, relid) as root,
    sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::bigint as reads
  from pg_stat_user_tables group by 1)`;

/** When this database's counters begin: they were reset, or the cluster was made, or it crashed. */
export const observedSince = sql<string | null>`(
  select greatest((select stats_reset from pg_stat_database where datname = current_database()),
    (select stats_reset from pg_stat_archiver)))`;

export async function listIndexUsage(database: Database): Promise<Seen<IndexUsages>> {
  const rows = await list(
    database,
    'indexUsage',
    sql<IndexUsage & { observedSince: string | null }>`
      select n.nspname as "schema", t.relname as "table", c.relname as "index",
        ${definition} as "definition", reads.size as "sizeBytes", reads.scans, reads.entries_read as "entriesRead",
        reads.rows_fetched as "rowsFetched", reads.last_used as "lastUsedAt", coalesce(tables.reads, 0) as "tableReads",
        ${observedSince} as "observedSince"
      from ${indexReads} reads
      join pg_class c on c.oid = reads.root join pg_namespace n on n.oid = c.relnamespace
      join pg_index i on i.indexrelid = c.oid join pg_class t on t.oid = i.indrelid
      left join ${tableReads} tables on tables.root = t.oid
      order by reads.scans desc, 1, 2, 3`,
  );
  return seen({ items: rows, observedSince: rows[0]?.observedSince ?? null });
}
