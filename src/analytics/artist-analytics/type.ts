import { artistAnalytics } from '../../catalogue/artist-analytics.js';
import type { RowOf } from '../../catalogue/view.js';
import { connectionOf } from '../rows/connection.js';
import { type FilterOf, filterInputOf } from '../rows/filter-input.js';
import { type OrderOf, orderInputOf } from '../rows/order-input.js';
import { rowTypeOf } from '../rows/row-type.js';

export type Artist = RowOf<typeof artistAnalytics>;
export const Artist = rowTypeOf(artistAnalytics, 'public');

export type ArtistFilter = FilterOf<typeof artistAnalytics>;
export const ArtistFilter = filterInputOf(artistAnalytics);

export type ArtistOrder = OrderOf<typeof artistAnalytics>;
export const ArtistOrder = orderInputOf(artistAnalytics);

export const ArtistConnection = connectionOf(Artist, artistAnalytics.row, 'public');
