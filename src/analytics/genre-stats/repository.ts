import { genreStats } from '../../catalogue/genre-stats.js';
import { stateColumn } from '../../views/reading.js';
import { anyParameter, readRow, readRows } from '../read.js';
import type { Selection } from '../selection.js';
import type { AnalyticsReader } from '../withholding/analytics-reader.js';
import { viewRows } from '../withholding/view-rows.js';
import type { GenreStats } from './type.js';

/** All genres, most popular first; of equals the first in the alphabet. */
export function listGenres(reader: AnalyticsReader, selection: Selection): Promise<GenreStats[]> {
  const columns = selection.columns(genreStats);
  return readRows(reader, {
    name: 'genres',
    shape: [columns.key],
    values: [],
    build: () =>
      viewRows(reader, genreStats)
        .select(columns.selections)
        .select(stateColumn)
        .orderBy('popularity_rank')
        .orderBy('genre'),
  });
}

/** Reads many genres by their names in one statement, in any order. */
export function listGenresByName(
  reader: AnalyticsReader,
  names: readonly string[],
  selection: Selection,
): Promise<GenreStats[]> {
  const columns = selection.columns(genreStats);
  return readRows(reader, {
    name: 'genres.byName',
    shape: [columns.key],
    values: [names],
    build: () =>
      viewRows(reader, genreStats)
        .select(columns.selections)
        .select(stateColumn)
        .where('genre', '=', anyParameter(names)),
  });
}

/** Finds one genre by its name. */
export function findGenre(
  reader: AnalyticsReader,
  name: string,
  selection: Selection,
): Promise<GenreStats | null> {
  const columns = selection.columns(genreStats);
  return readRow(reader, {
    name: 'genre',
    shape: [columns.key],
    values: [name],
    build: () =>
      viewRows(reader, genreStats).select(columns.selections).select(stateColumn).where('genre', '=', name),
  });
}
