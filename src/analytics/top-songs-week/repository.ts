import { topSongsWeek } from '../../catalogue/top-songs-week.js';
import type { FieldOf } from '../../catalogue/view.js';
import { stateColumn } from '../../views/reading.js';
import { literal, readRows } from '../read.js';
import type { Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { viewRows } from '../withholding/view-rows.js';
import type { ChartEntry } from './type.js';

/** The chart of the week from its first place on; of equals the first by identifier. */
export function listChart(
  reader: AnalyticsReader,
  first: number,
  selection: Selection,
): Promise<ChartEntry[]> {
  const columns = selection.columns(topSongsWeek, neededBy(selection));
  return readRows(reader, {
    name: 'topSongsThisWeek',
    shape: [columns.key, first],
    values: [],
    build: () =>
      viewRows(reader, topSongsWeek)
        .select(columns.selections)
        .select(stateColumn)
        .orderBy('rank')
        .orderBy('song_id')
        .limit(literal(first)),
  });
}

/** The artist is looked up by the address, and the status compares the rank with an earlier one. */
function neededBy(selection: Selection): readonly FieldOf<typeof topSongsWeek>[] {
  const needed: FieldOf<typeof topSongsWeek>[] = [];
  if (selection.has('artist')) needed.push('artistAddress');
  if (selection.has('status')) needed.push('rank');
  return needed;
}
