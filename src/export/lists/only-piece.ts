import type { RowValues } from '../../database/session/snapshot.js';
import type { Extent, OpenedList } from '../export-list.js';

/** A list whose rows are all in memory, as one batch of the selected columns. */
export function onlyPiece(rows: readonly object[], { columns, limit }: Extent): OpenedList {
  const values = rows.slice(0, limit ?? rows.length).map((row): RowValues => {
    const byField = new Map<string, unknown>(Object.entries(row));
    return columns.map(({ field }) => byField.get(field) ?? null);
  });
  return { total: rows.length, pieces: piecesOf(values) };
}

async function* piecesOf(values: readonly RowValues[]): AsyncGenerator<readonly RowValues[]> {
  if (values.length > 0) yield values;
}
