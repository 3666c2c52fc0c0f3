import { songAnalytics } from '../../catalogue/song-analytics.js';
import type { RowOf } from '../../catalogue/view.js';
import { connectionOf } from '../rows/connection.js';
import { type FilterOf, filterInputOf } from '../rows/filter-input.js';
import { type OrderOf, orderInputOf } from '../rows/order-input.js';
import { rowTypeOf } from '../rows/row-type.js';

export type Song = RowOf<typeof songAnalytics>;
export const Song = rowTypeOf(songAnalytics, 'public');

export type SongFilter = FilterOf<typeof songAnalytics>;
export const SongFilter = filterInputOf(songAnalytics);

export type SongOrder = OrderOf<typeof songAnalytics>;
export const SongOrder = orderInputOf(songAnalytics);

export const SongConnection = connectionOf(Song, songAnalytics.row, 'public');
