import { genreStats } from '../../catalogue/genre-stats.js';
import type { RowOf } from '../../catalogue/view.js';
import { Node } from '../node/node.js';
import { rowTypeOf } from '../rows/row-type.js';

export type GenreStats = RowOf<typeof genreStats>;
export const GenreStats = rowTypeOf(genreStats, 'public', [Node]);
