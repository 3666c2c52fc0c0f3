import type { RowCursor, RowValues } from '../../database/session/snapshot.js';

/** How many rows are fetched at once: enough to be fast, and few enough to weigh nothing. */
const rowsAtOnce = 500;

/** Fetches rows when they are asked for, and no sooner. */
export async function* piecesOf(cursor: RowCursor): AsyncGenerator<readonly RowValues[]> {
  for (;;) {
    const rows = await cursor.fetch(rowsAtOnce);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsAtOnce) return;
  }
}
