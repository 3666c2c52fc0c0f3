import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';
import { definition, list } from '../query.js';
import { type Available, available, sectionOf } from '../section.js';
import { DescribedIndex } from './described-index.js';
import { indexReads, tableReads } from './index-usage.js';
import { IndexNeed, minTableReads, neededFor } from './needed-for.js';
import { findStatisticsStart } from './statistics-start.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'An index without scans since the statistics began.',
})
export class UnusedIndex extends DescribedIndex {
  @Field(() => BigIntScalar, { description: 'Scans of its table of any kind in the same time.' })
  tableReads!: number;

  @Field(() => [IndexNeed], { description: 'Why it must be kept; empty if it may be dropped.' })
  neededFor!: readonly IndexNeed[];

  @Field(() => String, {
    nullable: true,
    description: 'The DROP statement, to be run by the owner; null if the index must be kept.',
  })
  ddl!: string | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Indexes without scans.' })
export class UnusedIndexes extends sectionOf(
  UnusedIndex,
  'UnusedIndexList',
  'Indexes that may be dropped, largest first. PostgreSQL does not record creation times, so a new index looks like an unused one.',
) {
  @Field(() => [UnusedIndex], {
    nullable: true,
    description: 'Unused indexes that must be kept, with the reasons.',
  })
  kept?: readonly UnusedIndex[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Start of the statistics, in UTC. They cover this server only: a replica may use an index that is unused here.',
  })
  observedSince?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Age of the statistics, in seconds. Some indexes are used only once a month.',
  })
  observedForSeconds?: number | null;
}

export async function listUnusedIndexes(reader: Reader): Promise<Available<UnusedIndexes>> {
  const rows = await list(
    reader,
    'unusedIndexes',
    sql<UnusedIndex>`
      select n.nspname as "schema", t.relname as "table", c.relname as "index",
        ${definition} as "definition", reads.size as "sizeBytes", coalesce(tables.reads, 0) as "tableReads",
        ${neededFor} as "neededFor",
        format(case c.relkind when 'I' then 'drop index %I.%I' else 'drop index concurrently %I.%I' end,
          n.nspname, c.relname) as "ddl"
      from ${indexReads} reads
      join pg_class c on c.oid = reads.root join pg_namespace n on n.oid = c.relnamespace
      join pg_index i on i.indexrelid = c.oid join pg_class t on t.oid = i.indrelid
      left join ${tableReads} tables on tables.root = t.oid
      where reads.scans = 0 and i.indisvalid and i.indisready
      order by reads.size desc nulls last, 1, 2, 3`,
  );
  const indexes = rows.map((index): UnusedIndex => {
    const tooEarly = index.tableReads < minTableReads && index.neededFor.length === 0;
    const needs = tooEarly ? [IndexNeed.TOO_EARLY_TO_TELL] : index.neededFor;
    return { ...index, neededFor: needs, ddl: needs.length === 0 ? index.ddl : null };
  });
  return available({
    items: indexes.filter((index) => index.neededFor.length === 0),
    kept: indexes.filter((index) => index.neededFor.length > 0),
    ...(await findStatisticsStart(reader)),
  });
}
