import { sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import type { Reader } from '../../../database/reader/reader.js';
import { stateColumn } from '../../../views/reading.js';

/** A song's results in closed editions of the chart of all songs. */
export interface ChartMemory {
  readonly songId: string;
  /** Its rank in the latest edition; null when it is not in it. */
  readonly previousRank: number | null;
  /** Null when it was in no edition. */
  readonly peakRank: number | null;
  readonly editionsOnChart: number;
}

/** What is known of many songs, in one statement; nothing before the first edition is closed. */
export function listMemories(reader: Reader, songIds: readonly string[]): Promise<ChartMemory[]> {
  const query = sql<ChartMemory>`
    select wanted.song_id as "songId", case when entry.number = latest.number then entry.rank end as "previousRank",
      entry.peak_rank as "peakRank", coalesce(entry.editions_on_chart, 0) as "editionsOnChart", ${stateColumn}
    from (
      select edition.chart, max(edition.number) as number
      from analytics.chart_edition edition join analytics.chart using (chart) where chart.genre is null group by edition.chart
    ) latest
    cross join unnest(${songIds}::text[]) wanted (song_id)
    left join lateral (
      select * from analytics.chart_entry entry where entry.song_id = wanted.song_id and entry.chart = latest.chart
      order by entry.number desc limit 1
    ) entry on true`;
  return reader.read('topSongsThisWeek.memory', rawQuery(query));
}
