import { sql } from 'kysely';
import { registerEnumType } from 'type-graphql';
import { viewNames } from '../../../catalogue/index.js';
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
  description: 'Why an index must be kept although no query uses it.',
  valuesConfig: {
    PRIMARY_KEY: { description: 'It is the primary key.' },
    UNIQUENESS: { description: 'It enforces uniqueness, which does not count as a scan.' },
    EXCLUSION: { description: 'It enforces an exclusion constraint.' },
    FOREIGN_KEY_TARGET: { description: 'A foreign key of another table references it.' },
    FOREIGN_KEY_LOOKUP: {
      description: 'It finds referencing rows when a referenced row is deleted or its key is updated.',
    },
    REPLICA_IDENTITY: { description: 'It is the replica identity for logical replication.' },
    CONCURRENT_REFRESH: {
      description: 'REFRESH MATERIALIZED VIEW CONCURRENTLY requires it.',
    },
    CLUSTERING: { description: 'The table is clustered on it.' },
    VIEW_ORDER: {
      description: 'The gateway sorts lists by it when a client asks for that order.',
    },
    ENGINE: { description: 'Refreshes and lists of plays look up rows by it.' },
    EXTENSION: { description: 'It belongs to an extension.' },
    TOO_EARLY_TO_TELL: {
      description:
        'Its table has hardly been read since the statistics began, so the index had little chance to be used.',
    },
  },
});

/** Minimum number of scans of a table before an index that was never scanned counts as unused. */
export const minTableReads = 100;

const lookups = sql.join(
  lookupColumns.map(({ table, columns }) => sql`(to_regclass(${table})::oid, ${columns}::text[])`),
);

/** The first key columns of index `i`; null for an expression. */
const leadingColumns = (count: ReturnType<typeof sql>) => sql`(
  select array_agg(a.attname::text order by k.position)
  from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
  left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum and k.attnum > 0
  where k.position <= ${count})`;

/**
 * What an index is needed for besides being scanned: an array of the names above. Expects `pg_index i`, the index's
 * `pg_class c` and `pg_namespace n`, and the table's `pg_class t`.
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
