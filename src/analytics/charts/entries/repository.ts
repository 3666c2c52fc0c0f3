import { type RawBuilder, sql } from 'kysely';
import { rawQuery } from '../../../database/raw-query.js';
import { stateColumn } from '../../../views/reading.js';
import type { Selection } from '../../selection.js';
import type { AnalyticsReader } from '../../withholding/analytics-reader.js';
import { suppressedField } from '../../withholding/suppressed.js';
import type { EditionKey } from '../editions/edition-key.js';
import type { ChartEditionEntry } from './entry.js';

const columns = {
  rank: sql`entry.rank`,
  plays: sql`entry.plays`,
  uniqueListeners: sql`entry.unique_listeners`,
  earnings: sql`entry.earnings`,
  songTitle: sql`entry.song_title`,
  artistAddress: sql`entry.artist_address`,
  artistName: sql`entry.artist_name`,
  previousRank: sql`entry.previous_rank`,
  lastRank: sql`entry.last_rank`,
  peakRank: sql`entry.peak_rank`,
  editionsOnChart: sql`entry.editions_on_chart`,
  streak: sql`entry.streak`,
  status: sql`entry.status`,
} as const;

/** The first entries of many editions in one statement: those of each in order, of equals the first by identifier. */
export function listEntries(
  reader: AnalyticsReader,
  keys: readonly EditionKey[],
  first: number,
  selection: Selection,
): Promise<ChartEditionEntry[]> {
  const query = sql<ChartEditionEntry>`
    select ${selected(reader, selection)}
    from unnest(${keys.map(({ chart }) => chart)}::int[], ${keys.map(({ number }) => number)}::int[]) wanted (chart, number)
    cross join lateral (
      select * from analytics.chart_entry entry where entry.chart = wanted.chart and entry.number = wanted.number
      order by entry.rank, entry.song_id limit ${first}
    ) entry
    order by entry.chart, entry.number, entry.rank, entry.song_id`;
  return reader.read('chartEdition.entries', rawQuery(query));
}

/** The latest entries of many songs in one chart, in one statement: those of each newest first. */
export function listHistories(
  reader: AnalyticsReader,
  genre: string | null,
  songIds: readonly string[],
  first: number,
  selection: Selection,
): Promise<ChartEditionEntry[]> {
  const chart = genre === null ? sql`genre is null` : sql`genre = ${genre}`;
  const query = sql<ChartEditionEntry>`
    select ${selected(reader, selection)}
    from analytics.chart
    cross join unnest(${songIds}::text[]) wanted (song_id)
    cross join lateral (
      select * from analytics.chart_entry entry where entry.song_id = wanted.song_id and entry.chart = chart.chart
      order by entry.number desc limit ${first}
    ) entry
    where ${chart}
    order by entry.song_id, entry.number desc`;
  return reader.read('song.chartHistory', rawQuery(query));
}

function selected({ withholdUnder }: AnalyticsReader, selection: Selection): RawBuilder<unknown> {
  const needed = new Set(selection.fields);
  if (needed.has('artist')) needed.add('artistAddress');
  if (needed.has(suppressedField)) needed.add('uniqueListeners');
  const wanted = Object.entries(columns).filter(([field]) => needed.has(field));
  return sql.join([
    sql`entry.chart, entry.number, entry.song_id as "songId"`,
    ...wanted.map(([field, column]) =>
      field === 'uniqueListeners' && withholdUnder > 0
        ? sql`null::bigint as ${sql.ref(field)}`
        : sql`${column} as ${sql.ref(field)}`,
    ),
    stateColumn,
  ]);
}
