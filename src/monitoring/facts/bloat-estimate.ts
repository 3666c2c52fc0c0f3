/** What the planner's statistics say of one column. */
export interface ColumnWidth {
  /** Average width of what is not null, in bytes as stored; null where there are no statistics. */
  readonly averageBytes: number | null;
  /** Share of nulls, 0 to 1. */
  readonly nulls: number | null;
  /** `c`, `s`, `i` or `d`: at multiples of 1, 2, 4 or 8 bytes. */
  readonly align: string;
  /** -1 when the width varies. */
  readonly length: number;
  readonly isDropped: boolean;
}

export interface HeapShape {
  readonly rows: number;
  /** In the order of the table. */
  readonly columns: readonly ColumnWidth[];
  /** In percent. */
  readonly fillfactor: number;
  readonly pageBytes: number;
}

const pageHeaderBytes = 24;
const rowHeaderBytes = 23;
const pointerBytes = 4;
const alignments: Readonly<Record<string, number>> = { c: 1, s: 2, i: 4, d: 8 };

/** Longer values have a header of four aligned bytes; shorter ones need neither. */
const longestUnaligned = 127;

/**
 * How many bytes a table would have if its rows stood packed in pages, as far as average widths tell. Null when the
 * statistics lack a column or the number of rows.
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

/** Lays the columns out one after the other, each where its alignment puts it; a null takes no room. */
function dataBytes(columns: readonly ColumnWidth[]): number {
  let end = 0;
  for (const { averageBytes, nulls, align, length } of columns) {
    const width = averageBytes ?? 0;
    const isUnaligned = length === -1 && width < longestUnaligned;
    const start = isUnaligned ? end : roundUp(end, alignments[align] ?? 1);
    end += (start - end + width) * (1 - (nulls ?? 0));
  }
  return end;
}

function roundUp(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}
