import { connectionOf } from '../paging/connection.js';
import { Song } from './type.js';

/** One page of songs. */
export const SongConnection = connectionOf(Song, { name: 'Song', plural: 'songs', access: 'public' });
