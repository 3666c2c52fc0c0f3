import { sql } from 'kysely';
import { registerEnumType } from 'type-graphql';
import type { Reader } from '../../../database/reader/reader.js';
import { GatewayError } from '../../../errors.js';
import { list } from '../query.js';
import { type ColumnWidth, packedBytes } from './bloat-estimate.js';

export const BloatMethod = { PGSTATTUPLE: 'PGSTATTUPLE', ESTIMATE: 'ESTIMATE' } as const;
export type BloatMethod = keyof typeof BloatMethod;

registerEnumType(BloatMethod, {
  name: 'BloatMethod',
  description: 'How unused space was determined.',
  valuesConfig: {
    PGSTATTUPLE: {
      description: 'The extension pgstattuple read every page: exact at that moment.',
    },
    ESTIMATE: {
      description:
        'Estimated from the row count and column widths of the last ANALYZE. Within 20 % of pgstattuple if at least a quarter of the table is unused, otherwise within a few percent of the table size; less accurate after many changes or with TOAST values.',
    },
  },
});

/** Unused space of one table, without its indexes. */
export interface Bloat {
  readonly bytes: number;
  readonly method: BloatMethod;
}

/** The input for determining a table's bloat. */
export interface Heap {
  readonly oid: number;
  readonly heapBytes: number | null;
  /** Row count as of the last vacuum or analyze; null before the first. */
  readonly packableRows: number | null;
  readonly fillfactor: number;
}

/** Maximum number of bytes pgstattuple reads per request: about a quarter of a second from memory. */
const maxBytesRead = 256 * 1024 * 1024;

/** Bloat by table oid; tables whose bloat cannot be determined are left out. */
export async function listBloat(reader: Reader, heaps: readonly Heap[]): Promise<Map<number, Bloat>> {
  const estimated = await estimate(reader, heaps);
  const measured = await measure(reader, heaps);
  return new Map([...estimated, ...measured]);
}

async function estimate(reader: Reader, heaps: readonly Heap[]): Promise<Map<number, Bloat>> {
  const columns = await list(
    reader,
    'columnWidths',
    sql<ColumnWidth & { oid: number; pageBytes: number }>`
      select c.oid::bigint as "oid", s.avg_width as "averageBytes", s.null_frac::float8 as "nulls",
        a.attalign as "align", a.attlen as "length", a.attisdropped as "isDropped",
        current_setting('block_size')::int as "pageBytes"
      from unnest(${heaps.map((heap) => heap.oid)}::bigint[]) heap
      join pg_class c on c.oid = heap::oid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname and s.attname = a.attname
        and not s.inherited
      order by c.oid, a.attnum`,
  );
  const byHeap = new Map<number, typeof columns>();
  for (const column of columns) byHeap.set(column.oid, [...(byHeap.get(column.oid) ?? []), column]);
  const bloat = new Map<number, Bloat>();
  for (const { oid, heapBytes, packableRows: rows, fillfactor } of heaps) {
    const own = byHeap.get(oid);
    if (heapBytes === null || rows === null || !own?.[0]) continue;
    const packed = packedBytes({ rows, columns: own, fillfactor, pageBytes: own[0].pageBytes });
    if (packed !== null) bloat.set(oid, { bytes: Math.max(0, heapBytes - packed), method: 'ESTIMATE' });
  }
  return bloat;
}

/** Measures with pgstattuple where it is installed and permitted, for tables small enough to read. */
async function measure(reader: Reader, heaps: readonly Heap[]): Promise<Map<number, Bloat>> {
  const [tool] = await list(
    reader,
    'pgstattuple',
    sql<{ schema: string }>`
      select n.nspname as "schema" from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      join pg_proc p on p.pronamespace = n.oid and p.proname = 'pgstattuple' and p.proargtypes[0] = 'regclass'::regtype
      where e.extname = 'pgstattuple' and has_function_privilege(p.oid, 'execute')
        and has_schema_privilege(n.oid, 'usage')`,
  );
  const within = tool ? readable(heaps) : [];
  if (!tool || within.length === 0) return new Map();
  const fillfactors = new Map(within.map((heap) => [heap.oid, heap.fillfactor]));
  try {
    const rows = await list(
      reader,
      'bloat',
      sql<{ oid: number; heapBytes: number; unusedBytes: number }>`
        select heap as "oid", found.table_len as "heapBytes", found.dead_tuple_len + found.free_space as "unusedBytes"
        from unnest(${within.map((heap) => heap.oid)}::bigint[]) heap
        join pg_class c on c.oid = heap::oid
        cross join lateral ${sql.id(tool.schema, 'pgstattuple')}(c.oid::regclass) found`,
    );
    return new Map(
      rows.map(({ oid, heapBytes, unusedBytes }) => {
        const keptFree = heapBytes * (1 - (fillfactors.get(oid) ?? 100) / 100);
        return [oid, { bytes: Math.max(0, Math.round(unusedBytes - keptFree)), method: 'PGSTATTUPLE' }];
      }),
    );
  } catch (error) {
    // Timed out, or a table was dropped in between: keep the estimates.
    if (error instanceof GatewayError) return new Map();
    throw error;
  }
}

/** The smallest tables, as many as fit into `maxBytesRead`. */
function readable(heaps: readonly Heap[]): Heap[] {
  let left = maxBytesRead;
  return heaps
    .filter((heap) => heap.heapBytes !== null)
    .toSorted((one, other) => (one.heapBytes ?? 0) - (other.heapBytes ?? 0))
    .filter(({ heapBytes }) => {
      left -= heapBytes ?? 0;
      return left >= 0;
    });
}
