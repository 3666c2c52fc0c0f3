import { genreStats } from '../../catalogue/genre-stats.js';
import type { Database } from '../../database/database.js';
import { stateColumn } from '../../views/reading.js';
import { readRow, readRows } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { GenreStats } from './type.js';

/** All genres, most popular first; of equals the first in the alphabet. */
export function listGenres(database: Database, fields: ReadonlySet<string>): Promise<GenreStats[]> {
  const columns = selectedColumns(genreStats, fields);
  return readRows(database, {
    name: 'genres',
    shape: [columns],
    values: [],
    build: () =>
      database.kysely
        .selectFrom('mv_genre_stats')
        .select(columns)
        .select(stateColumn)
        .orderBy('popularity_rank')
        .orderBy('genre'),
  });
}

/** Finds one genre by its name. */
export function findGenre(
  database: Database,
  name: string,
  fields: ReadonlySet<string>,
): Promise<GenreStats | null> {
  const columns = selectedColumns(genreStats, fields);
  return readRow(database, {
    name: 'genre',
    shape: [columns],
    values: [name],
    build: () =>
      database.kysely
        .selectFrom('mv_genre_stats')
        .select(columns)
        .select(stateColumn)
        .where('genre', '=', name),
  });
}
