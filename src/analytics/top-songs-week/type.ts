import { topSongsWeek } from '../../catalogue/top-songs-week.js';
import type { RowOf } from '../../catalogue/view.js';
import { rowTypeOf } from '../rows/row-type.js';

export type ChartEntry = RowOf<typeof topSongsWeek>;
export const ChartEntry = rowTypeOf(topSongsWeek, 'public');
