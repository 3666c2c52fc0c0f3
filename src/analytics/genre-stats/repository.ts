import type { Database } from '../../database/database.js';
import { run, runForOne } from '../../database/query.js';
import { genreStats } from '../../views/catalogue.js';
import { orderByClause, totalOrdering } from '../paging/ordering.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { GenreStats } from './type.js';

/** All genres, most popular first; of equals the first in the alphabet. */
export function listGenres(database: Database, fields: ReadonlySet<string>): Promise<GenreStats[]> {
  const query = select<GenreStats>(database, {
    view: genreStats,
    fields: selectedColumns(genreStats, fields),
    orderBy: orderByClause(totalOrdering(genreStats, [{ field: 'popularityRank', direction: 'asc' }])),
  });
  return run(database, 'genres', { compile: () => query });
}

/** Finds one genre by its name. */
export function findGenre(
  database: Database,
  name: string,
  fields: ReadonlySet<string>,
): Promise<GenreStats | null> {
  const query = select<GenreStats>(database, {
    view: genreStats,
    fields: selectedColumns(genreStats, fields),
    where: { field: 'genre', value: name },
  });
  return runForOne(database, 'genre', { compile: () => query });
}
