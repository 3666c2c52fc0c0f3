import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { Database } from '../../database/database.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { indexReads, observedSince, tableReads } from './index-usage.js';
import { IndexNeed, leastTableReads, neededFor } from './needed-for.js';
import { definition, list } from './read.js';
import { type Seen, sectionOf, seen } from './section.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'An index that no query has read since the statistics begin.',
})
export class UnusedIndex {
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

  @Field(() => BigIntScalar, { description: 'How often its table was read by other ways meanwhile.' })
  tableReads!: number;

  @Field(() => [IndexNeed], { description: 'Why it must stay all the same; empty if it may go.' })
  neededFor!: readonly IndexNeed[];

  @Field(() => String, {
    nullable: true,
    description: 'The statement that drops it, to be run by its owner; null if it must stay.',
  })
  ddl!: string | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Indexes that no query has read.' })
export class UnusedIndexes extends sectionOf(
  UnusedIndex,
  'UnusedIndexList',
  'Those that may be dropped, the largest first. PostgreSQL does not keep when an index was made: one that is new looks like one that nobody needs.',
) {
  @Field(() => [UnusedIndex], {
    nullable: true,
    description: 'Those that were not read either but must stay, with the reasons.',
  })
  kept?: readonly UnusedIndex[] | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the statistics begin, in UTC. They are of this server alone: a replica may read what is unused here.',
  })
  observedSince?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'For how long the statistics have been kept, in seconds. Some indexes are used once a month.',
  })
  observedForSeconds?: number | null;
}

export async function listUnusedIndexes(database: Database): Promise<Seen<UnusedIndexes>> {
  const rows = await list(
    database,
    'unusedIndexes',
    sql<UnusedIndex & { since: string | null; seconds: number | null }>`
      select n.nspname as "schema", t.relname as "table", c.relname as "index",
        ${definition} as "definition", reads.size as "sizeBytes", coalesce(tables.reads, 0) as "tableReads",
        ${neededFor} as "neededFor", ${observedSince} as "since",
        extract(epoch from clock_timestamp() - ${observedSince})::bigint as "seconds",
        format(case c.relkind when 'I' then 'drop index %I.%I' else 'drop index concurrently %I.%I' end,
          n.nspname, c.relname) as "ddl"
      from ${indexReads} reads
      join pg_class c on c.oid = reads.root join pg_namespace n on n.oid = c.relnamespace
      join pg_index i on i.indexrelid = c.oid join pg_class t on t.oid = i.indrelid
      left join ${tableReads} tables on tables.root = t.oid
      where reads.scans = 0 and i.indisvalid and i.indisready
      order by reads.size desc nulls last, 1, 2, 3`,
  );
  const indexes = rows.map(({ since: _, seconds: __, ...index }): UnusedIndex => {
    const tooEarly = index.tableReads < leastTableReads && index.neededFor.length === 0;
    const needs = tooEarly ? [IndexNeed.TOO_EARLY_TO_TELL] : index.neededFor;
    return { ...index, neededFor: needs, ddl: needs.length === 0 ? index.ddl : null };
  });
  return seen({
    items: indexes.filter((index) => index.neededFor.length === 0),
    kept: indexes.filter((index) => index.neededFor.length > 0),
    observedSince: rows[0]?.since ?? null,
    observedForSeconds: rows[0]?.seconds ?? null,
  });
}
