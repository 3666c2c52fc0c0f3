import { artistAnalytics } from '../../catalogue/artist-analytics.js';
import type { RowOf } from '../../catalogue/view.js';
import { Node } from '../node/node.js';
import { connectionOf } from '../rows/connection.js';
import { type ListArguments, listArgumentsOf } from '../rows/list-arguments.js';
import { rowTypeOf } from '../rows/row-type.js';

export type Artist = RowOf<typeof artistAnalytics>;
export const Artist = rowTypeOf(artistAnalytics, 'public', [Node]);

export type ArtistListArguments = ListArguments<typeof artistAnalytics>;
export const ArtistListArguments = listArgumentsOf(artistAnalytics);

export const ArtistConnection = connectionOf(Artist, artistAnalytics.row, 'public');
