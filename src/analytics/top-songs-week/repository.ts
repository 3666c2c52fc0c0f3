import { topSongsWeek } from '../../catalogue/top-songs-week.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { Reader } from '../../database/reader/reader.js';
import { stateColumn } from '../../views/reading.js';
import { literal, readRows } from '../read.js';
import type { Selection } from '../selection.js';
import type { ChartEntry } from './type.js';

/** The chart of the week from its first place on; of equals the first by identifier. */
export function listChart(reader: Reader, first: number, selection: Selection): Promise<ChartEntry[]> {
  const columns = selection.columns(topSongsWeek, selection.has('artist') ? ['artistAddress'] : []);
  return readRows(reader, {
    name: 'topSongsThisWeek',
    shape: [columns.key, first],
    values: [],
    build: () =>
      queryBuilder
        .selectFrom('mv_top_songs_week')
        .select(columns.selections)
        .select(stateColumn)
        .orderBy('rank')
        .orderBy('song_id')
        .limit(literal(first)),
  });
}
