import { sql } from 'kysely';
import { registerEnumType } from 'type-graphql';
import { viewNames } from '../../views/catalogue.js';
import { engineSchema, lookupColumns, viewOrderIndexes } from './kept-indexes.js';

export const IndexNeed = {
  PRIMARY_KEY: 'PRIMARY_KEY',
  UNIQUENESS: 'UNIQUENESS',
  EXCLUSION: 'EXCLUSION',
  FOREIGN_KEY_TARGET: 'FOREIGN_KEY_TARGET',
  FOREIGN_KEY_LOOKUP: 'FOREIGN_KEY_LOOKUP',
  REPLICA_IDENTITY: 'REPLICA_IDENTITY',
  CONCURRENT_REFRESH: 'CONCURRENT_REFRESH',
  CLUSTERING: 'CLUSTERING',
  VIEW_ORDER: 'VIEW_ORDER',
  ENGINE: 'ENGINE',
  EXTENSION: 'EXTENSION',
  TOO_EARLY_TO_TELL: 'TOO_EARLY_TO_TELL',
} as const;
export type IndexNeed = keyof typeof IndexNeed;

registerEnumType(IndexNeed, {
  name: 'IndexNeed',
  description: 'Why an index must stay although no query has used it.',
  valuesConfig: {
    PRIMARY_KEY: { description: 'It is the primary key.' },
    UNIQUENESS: { description: 'It keeps values unique, which counts as no use.' },
    EXCLUSION: { description: 'It stands behind an exclusion constraint.' },
    FOREIGN_KEY_TARGET: { description: 'Foreign keys of other tables point at it.' },
    FOREIGN_KEY_LOOKUP: {
      description:
        'It finds the rows that point at a row of another table when that one is deleted or changed.',
    },
    REPLICA_IDENTITY: { description: 'Logical replication tells rows apart by it.' },
    CONCURRENT_REFRESH: {
      description: 'A materialized view cannot be refreshed without holding up its readers unless it has it.',
    },
    CLUSTERING: { description: 'CLUSTER was told to order the table by it.' },
    VIEW_ORDER: {
      description: 'Lists of this gateway are ordered by it as soon as a client asks for that order.',
    },
    ENGINE: { description: 'Refreshes and lists of plays look rows up by it.' },
    EXTENSION: { description: 'It belongs to an extension.' },
    TOO_EARLY_TO_TELL: {
      description:
        'Its table has hardly been read since the statistics begin, so it had no chance to be used.',
    },
  },
});

/** How often a table has to have been read before an index of it that was never used counts as unused. */
export const leastTableReads = 100;

const lookups = sql.join(
  lookupColumns.map(({ table, columns }) => sql`(to_regclass(${table})::oid, ${columns}::text[])`),
);

/** The columns of index `i` that its key begins with, in order; an expression is null. */
const leadingColumns = (count: ReturnType<typeof sql>) => sql`(
  select array_agg(a.attname::text order by k.position)
  from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
  left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.attnum > 0
  where k.position <= ${count})`;

/**
 * What an index is needed for besides being read: an array of the names above, for `pg_index i`, its `pg_class c`, that one's
 * `pg_namespace n` and the `pg_class t` of its table.
 */
export const neededFor = sql<IndexNeed[]>`array_remove(array[
  case when i.indisprimary then 'PRIMARY_KEY' end,
  case when i.indisunique and not i.indisprimary then 'UNIQUENESS' end,
  case when i.indisexclusion then 'EXCLUSION' end,
  case when exists (select from pg_constraint f where f.contype = 'f' and f.conindid = i.indexrelid)
    then 'FOREIGN_KEY_TARGET' end,
  case when exists (
    select from pg_constraint f where f.contype = 'f' and f.conrelid = i.indrelid and i.indpred is null
      and f.conkey @> (i.indkey::int2[])[0:cardinality(f.conkey) - 1]
      and f.conkey <@ (i.indkey::int2[])[0:cardinality(f.conkey) - 1]
  ) then 'FOREIGN_KEY_LOOKUP' end,
  case when i.indisreplident then 'REPLICA_IDENTITY' end,
  case when i.indisunique and t.relkind = 'm' then 'CONCURRENT_REFRESH' end,
  case when i.indisclustered then 'CLUSTERING' end,
  case when c.relname = any (${viewOrderIndexes}::text[])
    and i.indrelid in (select to_regclass(name) from unnest(${viewNames}::text[]) name) then 'VIEW_ORDER' end,
  case when n.nspname = ${engineSchema} or exists (
    select from (values ${lookups}) lookup (relation, columns)
    where lookup.relation = i.indrelid and i.indpred is null
      and lookup.columns = ${leadingColumns(sql`cardinality(lookup.columns)`)}
  ) then 'ENGINE' end,
  case when exists (
    select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = i.indexrelid and d.deptype = 'e'
  ) then 'EXTENSION' end
], null)`;
