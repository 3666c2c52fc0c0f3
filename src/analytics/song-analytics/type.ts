import { songAnalytics } from '../../catalogue/song-analytics.js';
import type { RowOf } from '../../catalogue/view.js';
import { Node } from '../node/node.js';
import { connectionOf } from '../rows/connection.js';
import { type ListArguments, listArgumentsOf } from '../rows/list-arguments.js';
import { rowTypeOf } from '../rows/row-type.js';

export type Song = RowOf<typeof songAnalytics>;
export const Song = rowTypeOf(songAnalytics, 'public', [Node]);

export type SongListArguments = ListArguments<typeof songAnalytics>;
export const SongListArguments = listArgumentsOf(songAnalytics);

export const SongConnection = connectionOf(Song, songAnalytics.row, 'public');
