/** Planner statistics of one column. */
export interface ColumnWidth {
  /** Average width of non-null values, in bytes; null without statistics. */
  readonly averageBytes: number | null;
  /** Fraction of nulls, 0 to 1. */
  readonly nulls: number | null;
  /** `pg_attribute.attalign`: `c`, `s`, `i` or `d` for 1, 2, 4 or 8 bytes. */
  readonly align: string;
  /** `pg_attribute.attlen`; -1 for variable width. */
  readonly length: number;
  readonly isDropped: boolean;
}

export interface HeapShape {
  readonly rows: number;
  /** In table order. */
  readonly columns: readonly ColumnWidth[];
  /** In percent. */
  readonly fillfactor: number;
  readonly pageBytes: number;
}

const pageHeaderBytes = 24;
const rowHeaderBytes = 23;
const pointerBytes = 4;
const alignments: Readonly<Record<string, number>> = { c: 1, s: 2, i: 4, d: 8 };

/** Longer variable-width values have a 4-byte header and are aligned; shorter ones are not. */
const maxUnalignedLength = 127;

/**
 * Estimated table size without unused space, in bytes, from average column widths. Null when statistics are missing.
 */
export function packedBytes({ rows, columns, fillfactor, pageBytes }: HeapShape): number | null {
  if (rows < 0) return null;
  if (rows === 0) return 0;
  const present = columns.filter((column) => !column.isDropped);
  if (present.some((column) => column.averageBytes === null || column.nulls === null)) return null;
  const hasNulls = columns.some((column) => column.isDropped || (column.nulls ?? 0) > 0);
  const bitmapBytes = hasNulls ? Math.ceil(columns.length / 8) : 0;
  const header = roundUp(rowHeaderBytes + bitmapBytes, 8);
  const row = roundUp(header + dataBytes(present), 8) + pointerBytes;
  const usable = (pageBytes - pageHeaderBytes) * (fillfactor / 100);
  return Math.ceil(rows / Math.max(1, Math.floor(usable / row))) * pageBytes;
}

/** Adds up column widths with alignment padding; nulls take no space. */
function dataBytes(columns: readonly ColumnWidth[]): number {
  let end = 0;
  for (const { averageBytes, nulls, align, length } of columns) {
    const width = averageBytes ?? 0;
    const isUnaligned = length === -1 && width < maxUnalignedLength;
    const start = isUnaligned ? end : roundUp(end, alignments[align] ?? 1);
    end += (start - end + width) * (1 - (nulls ?? 0));
  }
  return end;
}

function roundUp(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}
