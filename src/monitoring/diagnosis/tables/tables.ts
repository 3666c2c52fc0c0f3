import { sql } from 'kysely';
import type { Reader } from '../../../database/reader/reader.js';
import { list, needsFor, sizeOf } from '../query.js';
import { type Available, available } from '../section.js';
import { type Bloat, listBloat } from './bloat.js';
import type { TableFacts, Tables, VacuumProgress } from './table-type.js';

/** A table that stores rows itself (not a partitioned parent). */
export interface LeafTable
  extends Omit<TableFacts, 'partitions' | 'deadRatio' | 'bloatBytes' | 'bloatRatio' | 'bloatMethod'> {
  readonly oid: number;
  /** The OID of the topmost partitioned table, and its schema; null for a table that is not a partition. */
  readonly root: number | null;
  readonly rootSchema: string | null;
  readonly fillfactor: number;
  readonly packableRows: number | null;
  /** Number of running vacuums whose table is hidden from this user. */
  readonly hiddenVacuums: number;
}

export interface TablesOptions {
  /** Whether to list partitions in addition to their partitioned table. */
  readonly withPartitions: boolean;
  readonly withBloat: boolean;
}

export async function listTables(
  reader: Reader,
  { withPartitions, withBloat }: TablesOptions,
): Promise<Available<Tables>> {
  const leaves = await listLeaves(reader);
  const bloat = withBloat ? await listBloat(reader, leaves) : new Map<number, Bloat>();
  const whole = leaves.filter((leaf) => leaf.root === null);
  const roots = new Set(leaves.map((leaf) => leaf.root).filter((root) => root !== null));
  const partitioned = [...roots].map((root) => {
    const partitions = leaves.filter((leaf) => leaf.root === root);
    const [{ rootSchema, partitionOf }] = partitions as [LeafTable];
    return describe(partitions, bloat, {
      schema: rootSchema as string,
      table: partitionOf as string,
      partitionOf: null,
      partitions: partitions.length,
    });
  });
  const own = (leaf: LeafTable) => describe([leaf], bloat, { partitions: 0 });
  const items = [
    ...whole.map(own),
    ...partitioned,
    ...(withPartitions ? leaves.filter((leaf) => leaf.root !== null).map(own) : []),
  ].sort((one, other) => (other.totalBytes ?? 0) - (one.totalBytes ?? 0));
  const hidden = leaves[0]?.hiddenVacuums ?? 0;
  return available({ items }, hidden > 0 ? needsFor(hidden) : null);
}

/** Lists all tables and materialized views that store rows themselves. */
async function listLeaves(reader: Reader): Promise<LeafTable[]> {
  return list(
    reader,
    'tables',
    sql<LeafTable>`
      select s.relid::bigint as "oid", s.schemaname as "schema", s.relname as "table",
        root.oid::bigint as "root", root.relname as "partitionOf", (select nspname from pg_namespace where oid = root.relnamespace) as "rootSchema",
        case when s.n_live_tup > 0 or counted.counted then s.n_live_tup
          when c.reltuples >= 0 then c.reltuples::bigint end as "rows",
        case when counted.counted then s.n_dead_tup end as "deadRows",
        size.heap as "heapBytes", size.indexes as "indexBytes", size.heap_and_more + size.indexes as "totalBytes",
        s.last_vacuum as "lastVacuumAt", s.last_autovacuum as "lastAutovacuumAt",
        s.last_analyze as "lastAnalyzeAt", s.last_autoanalyze as "lastAutoanalyzeAt",
        extract(epoch from clock_timestamp() - greatest(s.last_vacuum, s.last_autovacuum))::bigint as "sinceVacuumSeconds",
        extract(epoch from clock_timestamp() - greatest(s.last_analyze, s.last_autoanalyze))::bigint as "sinceAnalyzeSeconds",
        s.n_mod_since_analyze as "changesSinceAnalyze", s.n_ins_since_vacuum as "insertsSinceVacuum",
        age(c.relfrozenxid)::bigint as "transactionAge",
        coalesce((select option_value::int from pg_options_to_table(c.reloptions) where option_name = 'fillfactor'), 100)
          as "fillfactor",
        -- Like the planner: the row density of the last vacuum or analyze times the current size. n_live_tup may
        -- include rows added since then.
        case when c.relpages > 0 and c.reltuples >= 0 and size.heap is not null
          then round(c.reltuples * (size.heap / current_setting('block_size')::float8 / c.relpages))::bigint
          when size.heap = 0 then 0 end as "packableRows",
        (select jsonb_build_object('phase', p.phase,
            'percentScanned', round(100.0 * p.heap_blks_scanned / greatest(p.heap_blks_total, 1), 1)::float8,
            'isAutomatic', exists (select from pg_stat_activity a where a.pid = p.pid and a.backend_type = 'autovacuum worker'))
          from pg_stat_progress_vacuum p where p.relid = s.relid limit 1) as "vacuuming",
        (select count(*) from pg_stat_progress_vacuum p where p.datname = current_database() and p.relid is null)
          as "hiddenVacuums"
      from pg_stat_user_tables s join pg_class c on c.oid = s.relid
      cross join lateral (select ${sizeOf('s.relid', 'pg_relation_size')} as heap,
        ${sizeOf('s.relid', 'pg_table_size')} as heap_and_more, ${sizeOf('s.relid', 'pg_indexes_size')} as indexes) size
      cross join lateral (
        -- Counters lag behind changes and are lost in a crash, so zero without any activity means unknown.
        select coalesce(s.last_vacuum, s.last_autovacuum, s.last_analyze, s.last_autoanalyze) is not null
          or s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0 or size.heap = 0 as counted) counted
      left join pg_class root on root.oid = pg_partition_root(s.relid) and root.oid <> s.relid
      where c.relkind in ('r', 'm') and c.relpersistence <> 't'
      order by s.relid`,
  );
}

/** Describes a table, or sums over the partitions of one. */
function describe(
  leaves: readonly LeafTable[],
  bloat: ReadonlyMap<number, Bloat>,
  about: Pick<TableFacts, 'partitions'> & Partial<TableFacts>,
): TableFacts {
  const first = leaves[0]!;
  const sum = (of: (leaf: LeafTable) => number | null) =>
    leaves.some((leaf) => of(leaf) === null) ? null : leaves.reduce((total, leaf) => total + of(leaf)!, 0);
  const rows = sum((leaf) => leaf.rows);
  const deadRows = sum((leaf) => leaf.deadRows);
  const heapBytes = sum((leaf) => leaf.heapBytes);
  const bloatBytes = sum((leaf) => bloat.get(leaf.oid)?.bytes ?? null);
  const all = rows === null || deadRows === null ? 0 : rows + deadRows;
  return {
    schema: first.schema,
    table: first.table,
    partitionOf: first.partitionOf,
    rows,
    deadRows,
    deadRatio: all > 0 && deadRows !== null ? deadRows / all : null,
    heapBytes,
    indexBytes: sum((leaf) => leaf.indexBytes),
    totalBytes: sum((leaf) => leaf.totalBytes),
    bloatBytes,
    bloatRatio: bloatBytes !== null && heapBytes ? bloatBytes / heapBytes : null,
    bloatMethod: bloatBytes === null ? null : weakestOf(leaves, bloat),
    lastVacuumAt: latest(leaves.map((leaf) => leaf.lastVacuumAt)),
    lastAutovacuumAt: latest(leaves.map((leaf) => leaf.lastAutovacuumAt)),
    lastAnalyzeAt: latest(leaves.map((leaf) => leaf.lastAnalyzeAt)),
    lastAutoanalyzeAt: latest(leaves.map((leaf) => leaf.lastAutoanalyzeAt)),
    sinceVacuumSeconds: longest(leaves.map((leaf) => leaf.sinceVacuumSeconds)),
    sinceAnalyzeSeconds: longest(leaves.map((leaf) => leaf.sinceAnalyzeSeconds)),
    changesSinceAnalyze: sum((leaf) => leaf.changesSinceAnalyze) ?? 0,
    insertsSinceVacuum: sum((leaf) => leaf.insertsSinceVacuum) ?? 0,
    transactionAge: Math.max(...leaves.map((leaf) => leaf.transactionAge)),
    vacuuming:
      leaves.map((leaf) => leaf.vacuuming).find((one): one is VacuumProgress => one !== null) ?? null,
    ...about,
  };
}

function weakestOf(leaves: readonly LeafTable[], bloat: ReadonlyMap<number, Bloat>) {
  return leaves.some((leaf) => bloat.get(leaf.oid)?.method === 'ESTIMATE') ? 'ESTIMATE' : 'PGSTATTUPLE';
}

function latest(times: readonly (string | null)[]): string | null {
  return times.reduce((one, other) => ((other ?? '') > (one ?? '') ? other : one), null);
}

function longest(seconds: readonly (number | null)[]): number | null {
  return seconds.includes(null) ? null : Math.max(...(seconds as number[]));
}
