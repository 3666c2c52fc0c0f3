import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';
import { definition, isUserSchema, list, sizeOf } from '../query.js';
import { type Available, available, sectionOf } from '../section.js';
import { DescribedIndex } from './described-index.js';
import { findStatisticsStart } from './statistics-start.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'Usage of an index. A partitioned index sums its partitions.',
})
export class IndexUsage extends DescribedIndex {
  @Field(() => BigIntScalar, { description: 'Index scans since `observedSince`.' })
  scans!: number;

  @Field(() => BigIntScalar, { description: 'Index entries returned by those scans.' })
  entriesRead!: number;

  @Field(() => BigIntScalar, { description: 'Table rows fetched by those scans.' })
  rowsFetched!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Last scan, in UTC; null if never, and on PostgreSQL 15, which does not record it.',
  })
  lastUsedAt!: string | null;

  @Field(() => BigIntScalar, {
    description: 'Scans of the table of any kind since `observedSince`.',
  })
  tableReads!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Indexes, most used first.' })
export class IndexUsages extends sectionOf(IndexUsage, 'IndexUsageList', 'Indexes, most used first.') {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Start of the statistics, in UTC. They cover this server only, not its replicas, and a server crash resets them.',
  })
  observedSince?: string | null;
}

/**
 * Usage per index, summed over partitions; `root` is the topmost index. PostgreSQL records neither an index's creation
 * time nor scans of a partitioned index itself.
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

/** Scans per table of any kind, summed over partitions; `root` is the topmost table. */
export const tableReads = sql`(
  select coalesce(pg_partition_root(relid)::oid, relid) as root,
    sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0))::bigint as reads
  from pg_stat_user_tables group by 1)`;

export async function listIndexUsage(reader: Reader): Promise<Available<IndexUsages>> {
  const items = await list(
    reader,
    'indexUsage',
    sql<IndexUsage>`
      select n.nspname as "schema", t.relname as "table", c.relname as "index",
        ${definition} as "definition", reads.size as "sizeBytes", reads.scans, reads.entries_read as "entriesRead",
        reads.rows_fetched as "rowsFetched", reads.last_used as "lastUsedAt", coalesce(tables.reads, 0) as "tableReads"
      from ${indexReads} reads
      join pg_class c on c.oid = reads.root join pg_namespace n on n.oid = c.relnamespace
      join pg_index i on i.indexrelid = c.oid join pg_class t on t.oid = i.indrelid
      left join ${tableReads} tables on tables.root = t.oid
      order by reads.scans desc, 1, 2, 3`,
  );
  const { observedSince } = await findStatisticsStart(reader);
  return available({ items, observedSince });
}
