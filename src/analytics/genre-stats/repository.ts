import { genreStats } from '../../catalogue/genre-stats.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { Reader } from '../../database/reader/reader.js';
import { stateColumn } from '../../views/reading.js';
import { readRow, readRows } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { GenreStats } from './type.js';

/** All genres, most popular first; of equals the first in the alphabet. */
export function listGenres(reader: Reader, fields: ReadonlySet<string>): Promise<GenreStats[]> {
  const columns = selectedColumns(genreStats, fields);
  return readRows(reader, {
    name: 'genres',
    shape: [columns],
    values: [],
    build: () =>
      queryBuilder
        .selectFrom('mv_genre_stats')
        .select(columns)
        .select(stateColumn)
        .orderBy('popularity_rank')
        .orderBy('genre'),
  });
}

/** Finds one genre by its name. */
export function findGenre(
  reader: Reader,
  name: string,
  fields: ReadonlySet<string>,
): Promise<GenreStats | null> {
  const columns = selectedColumns(genreStats, fields);
  return readRow(reader, {
    name: 'genre',
    shape: [columns],
    values: [name],
    build: () =>
      queryBuilder.selectFrom('mv_genre_stats').select(columns).select(stateColumn).where('genre', '=', name),
  });
}
