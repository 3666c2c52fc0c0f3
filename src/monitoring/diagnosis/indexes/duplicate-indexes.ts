import { sql } from 'kysely';
import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import type { Reader } from '../../../database/reader/reader.js';
import { definition, isUserSchema, list, sizeOf } from '../query.js';
import { type Available, available, sectionOf } from '../section.js';
import { DescribedIndex } from './described-index.js';
import { type IndexNeed, neededFor } from './needed-for.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'An index that is redundant because another index of the same table is equivalent.',
})
export class DuplicateIndex extends DescribedIndex {
  @Field(() => String, { description: 'The redundant index.' })
  override index!: string;

  @Field(() => String, { description: 'The equivalent index to keep.' })
  duplicateOf!: string;

  @Field(() => String, { description: 'The DROP statement, to be run by the owner.' })
  ddl!: string;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Redundant indexes.' })
export class DuplicateIndexes extends sectionOf(
  DuplicateIndex,
  'DuplicateIndexList',
  'Redundant indexes: same table, columns, order, operator classes and predicate as the index to keep.',
) {}

interface Twin extends Omit<DuplicateIndex, 'duplicateOf'> {
  readonly group: string;
  readonly neededFor: readonly IndexNeed[];
  readonly isUnique: boolean;
  /** NULLS NOT DISTINCT and DEFERRABLE, which change what a unique index enforces. */
  readonly enforces: string;
}

/**
 * An expression's stored node tree without source locations, for comparison. pg_get_expr would wait for an exclusive
 * lock on the table.
 */
const normal = (expression: string) =>
  sql`coalesce(regexp_replace(${sql.ref(expression)}::text, ':location -?[0-9]+', '', 'g'), '-')`;

/** Roles of an index that an equivalent index cannot take over. */
const irreplaceable: ReadonlySet<IndexNeed> = new Set([
  'PRIMARY_KEY',
  'FOREIGN_KEY_TARGET',
  'REPLICA_IDENTITY',
  'CLUSTERING',
  'EXTENSION',
  'EXCLUSION',
]);

export async function listDuplicateIndexes(reader: Reader): Promise<Available<DuplicateIndexes>> {
  const twins = await list(
    reader,
    'duplicateIndexes',
    sql<Twin>`
      select * from (
        select n.nspname as "schema", t.relname as "table", c.relname as "index",
          ${definition} as "definition", ${sizeOf('c.oid', 'pg_relation_size')} as "sizeBytes",
          ${neededFor} as "neededFor", i.indisunique as "isUnique",
          case when o.conname is not null then format('alter table %I.%I drop constraint %I', n.nspname, t.relname, o.conname)
            when c.relkind = 'I' then format('drop index %I.%I', n.nspname, c.relname)
            else format('drop index concurrently %I.%I', n.nspname, c.relname) end as "ddl",
          concat(i.indnullsnotdistinct, i.indimmediate) as "enforces", o.conname as "constraint",
          "group", count(*) over (partition by "group") as "size", i.indexrelid
        from pg_index i
        join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
        join pg_class t on t.oid = i.indrelid
        left join pg_constraint o on o.conindid = i.indexrelid and o.conrelid = i.indrelid and o.contype in ('p', 'u', 'x')
        cross join lateral (
          select concat_ws('|', i.indrelid, c.relam, i.indkey, i.indnkeyatts, i.indclass, i.indcollation, i.indoption,
            ${normal('i.indexprs')}, ${normal('i.indpred')},
            case when c.relam <> (select oid from pg_am where amname = 'btree') then c.reloptions end) as "group"
        ) grouped
        where ${isUserSchema('n.nspname')} and i.indisvalid and i.indisready and not c.relispartition
      ) indexes
      where "size" > 1
      order by "group", "neededFor" && array['PRIMARY_KEY', 'FOREIGN_KEY_TARGET', 'REPLICA_IDENTITY'] desc,
        "isUnique" desc, "constraint" is not null desc, cardinality("neededFor") desc, indexrelid`,
  );
  const groups = new Set(twins.map((twin) => twin.group));
  const items = [...groups].flatMap((group) => duplicatesIn(twins.filter((twin) => twin.group === group)));
  return available({ items: items.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) });
}

function duplicatesIn([kept, ...others]: readonly Twin[]): DuplicateIndex[] {
  if (!kept) return [];
  return others
    .filter((twin) => !twin.neededFor.some((need) => irreplaceable.has(need)))
    .filter((twin) => !twin.isUnique || (kept.isUnique && twin.enforces === kept.enforces))
    .map(({ schema, table, index, definition, sizeBytes, ddl }) => ({
      schema,
      table,
      index,
      duplicateOf: kept.index,
      definition,
      sizeBytes,
      ddl,
    }));
}

const nameOf = ({ schema, table, index }: DuplicateIndex) => `${schema}.${table}.${index}`;
