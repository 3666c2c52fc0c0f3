import { connectionOf } from '../paging/connection.js';
import { Artist } from './type.js';

/** One page of artists. */
export const ArtistConnection = connectionOf(Artist, { name: 'Artist', plural: 'artists', access: 'public' });
