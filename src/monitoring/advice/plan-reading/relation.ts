import { sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import type { Reader } from '../../../database/reader/reader.js';
import { findQuote, type Quote } from './quote.js';

/** A column's type and statistics. */
export interface Column {
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly averageWidth: number;
  /** 0 to 1. */
  readonly nullFraction: number;
  /** Number of distinct values. */
  readonly distinct: number;
  readonly common: ReadonlyMap<string, number>;
}

export interface IndexColumn {
  /** Null for an expression. */
  readonly name: string | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** Null for the type's default. */
  readonly operatorClass: string | null;
  /** Quoted; null for the column's collation. */
  readonly collation: string | null;
}

export interface ExistingIndex {
  readonly method: string;
  readonly isUnique: boolean;
  readonly predicate: string | null;
  readonly columns: readonly IndexColumn[];
}

/** A table, partition or materialized view. */
export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'materialized view';
  readonly rows: number;
  /** Of 8 KiB. */
  readonly pages: number;
  /** Rows inserted or updated since the statistics began. */
  readonly rowsWritten: number;
  /** The partitioned table it belongs to, with all its partitions. */
  readonly partitioned: {
    readonly schema: string;
    readonly name: string;
    readonly partitions: readonly { readonly schema: string; readonly name: string }[];
  } | null;
  readonly columns: ReadonlyMap<string, Column>;
  readonly indexes: readonly ExistingIndex[];
  readonly quote: Quote;
}

interface RelationRow
  extends Omit<Relation, 'columns' | 'indexes' | 'oid' | 'rows' | 'pages' | 'rowsWritten' | 'quote'> {
  readonly oid: string;
  readonly rows: number;
  readonly pages: number;
  readonly rowsWritten: string;
  readonly columns: readonly (Omit<Column, 'common'> & {
    readonly values: readonly string[] | null;
    readonly frequencies: readonly number[] | null;
  })[];
  readonly indexes: readonly ExistingIndex[];
}

/** Reads statistics and indexes of tables in the search path; other tables do not belong to the gateway. */
export async function listRelations(
  reader: Reader,
  wanted: readonly { readonly schema: string; readonly relation: string }[],
): Promise<Relation[]> {
  const query = sql<RelationRow>`
    select c.oid::text as "oid", n.nspname::text as "schema", c.relname::text as "name",
      case c.relkind when 'm' then 'materialized view' else 'table' end as "kind",
      c.reltuples::float8 as "rows", c.relpages as "pages",
      (coalesce(pg_stat_get_tuples_inserted(c.oid), 0) + coalesce(pg_stat_get_tuples_updated(c.oid), 0))::text as "rowsWritten",
      case when c.relispartition then (
        select json_build_object('schema', rn.nspname, 'name', r.relname, 'partitions', (
          select json_agg(json_build_object('schema', pn.nspname, 'name', p.relname) order by p.relname)
          from pg_partition_tree(r.oid) tree join pg_class p on p.oid = tree.relid
          join pg_namespace pn on pn.oid = p.relnamespace where tree.isleaf))
        from pg_class r join pg_namespace rn on rn.oid = r.relnamespace where r.oid = pg_partition_root(c.oid)
      ) end as "partitioned",
      (${columnsOfRelation}) as "columns", (${indexesOfRelation}) as "indexes"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname = any(current_schemas(false))
      and exists (
        select from unnest(${wanted.map((each) => each.schema)}::text[], ${wanted.map((each) => each.relation)}::text[]) wanted (schema, relation)
        where wanted.schema = n.nspname and wanted.relation = c.relname)`;
  const rows = await reader.read('advice.relations', rawQuery(query));
  const quote = await findQuote(reader);
  return rows.map((row) => ({
    ...row,
    oid: Number(row.oid),
    rowsWritten: Number(row.rowsWritten),
    columns: new Map((row.columns ?? []).map((column) => [column.name, columnOf(column, row.rows)])),
    indexes: row.indexes ?? [],
    quote,
  }));
}

const columnsOfRelation = sql`
  select json_agg(json_build_object(
    'name', a.attname, 'type', t.typname, 'averageWidth', coalesce(s.avg_width, greatest(a.attlen, 16)),
    'nullFraction', coalesce(s.null_frac, 0), 'distinct', coalesce(s.n_distinct, 0),
    'values', s.most_common_vals::text::text[], 'frequencies', s.most_common_freqs))
  from pg_attribute a join pg_type t on t.oid = a.atttypid
  left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname and not s.inherited
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;

/** `indoption`: bit 1 is DESC, bit 2 is NULLS FIRST. */
const indexesOfRelation = sql`
  select json_agg(json_build_object(
    'method', am.amname, 'isUnique', i.indisunique, 'predicate', pg_get_expr(i.indpred, i.indrelid),
    'columns', (
      select json_agg(json_build_object(
        'name', a.attname, 'descending', i.indoption[key.place - 1] & 1 = 1,
        'nullsFirst', i.indoption[key.place - 1] & 2 = 2,
        'operatorClass', case when not oc.opcdefault then oc.opcname end,
        'collation', case when i.indcollation[key.place - 1] not in (0, coalesce(a.attcollation, 0))
          then quote_ident(co.collname) end) order by key.place)
      from generate_series(1, i.indnkeyatts) key (place)
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[key.place - 1] and a.attnum > 0
      left join pg_opclass oc on oc.oid = i.indclass[key.place - 1]
      left join pg_collation co on co.oid = i.indcollation[key.place - 1])))
  from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam
  where i.indrelid = c.oid and i.indisvalid`;

/** A negative `n_distinct` is a fraction of the row count. */
function columnOf(column: RelationRow['columns'][number], rows: number): Column {
  const { values, frequencies, ...known } = column;
  const distinct = known.distinct < 0 ? -known.distinct * Math.max(rows, 1) : known.distinct;
  const common = new Map((values ?? []).map((value, at) => [value, frequencies?.[at] ?? 0]));
  return { ...known, distinct: Math.max(1, distinct), common };
}
