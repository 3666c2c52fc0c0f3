import { describe, expect, it } from 'vitest';
import { type ColumnWidth, packedBytes } from '../../../../src/monitoring/diagnosis/tables/bloat-estimate.js';

const column = (values: Partial<ColumnWidth>): ColumnWidth => ({
  averageBytes: 8,
  nulls: 0,
  align: 'd',
  length: 8,
  isDropped: false,
  ...values,
});
const shape = { rows: 1000, fillfactor: 100, pageBytes: 8192 };

describe('The packed size of a table', () => {
  it('counts headers, pointers and alignment', () => {
    // 24 bytes of header, 8 + 4 of values, padded to 40, and 4 of pointer: 185 rows a page, 6 pages.
    const columns = [column({}), column({ averageBytes: 4, align: 'i', length: 4 })];
    expect(packedBytes({ ...shape, columns })).toBe(6 * 8192);
    // The other way round the wider value has to be padded: 24 + 4 + 4 + 8 = 40, the same.
    expect(packedBytes({ ...shape, columns: columns.toReversed() })).toBe(6 * 8192);
  });

  it('leaves out nulls but counts their bitmap', () => {
    const columns = [column({}), column({ nulls: 1 })];
    // 23 bytes of header and 1 of bitmap, 8 of a value, 4 of pointer: 226 rows a page.
    expect(packedBytes({ ...shape, columns: columns.slice(0, 1) })).toBe(5 * 8192);
    expect(packedBytes({ ...shape, columns })).toBe(5 * 8192);
  });

  it('keeps the room that the fill factor wants kept', () => {
    const columns = [column({})];
    expect(packedBytes({ ...shape, columns, fillfactor: 50 })).toBe(9 * 8192);
  });

  it('is nothing without rows, and unknown without statistics', () => {
    expect(packedBytes({ ...shape, rows: 0, columns: [column({})] })).toBe(0);
    expect(packedBytes({ ...shape, rows: -1, columns: [column({})] })).toBeNull();
    expect(packedBytes({ ...shape, columns: [column({ averageBytes: null })] })).toBeNull();
    expect(
      packedBytes({ ...shape, columns: [column({}), column({ averageBytes: null, isDropped: true })] }),
    ).toBe(5 * 8192);
  });
});
