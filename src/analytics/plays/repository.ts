import { sql } from 'kysely';
import { rawQuery } from '../../database/raw-query.js';
import type { Reader } from '../../database/reader/reader.js';
import type { Play } from './type.js';

const columns = sql`
  plays.id::text as "id", plays.song_id::text as "songId", plays.played_at as "playedAt", plays.duration as "duration",
  plays.amount_paid as "amountPaid"`;

/** The latest plays of one listener, latest first. A bare `id` would sort by the output column, which is text. */
export function listPlaysOfListener(reader: Reader, address: string, first: number): Promise<Play[]> {
  const query = sql<Play>`
    select ${columns} from plays where listener_address = ${address}
    order by plays.played_at desc, plays.id desc limit ${first}`;
  return reader.read('listener.recentPlays', rawQuery(query));
}

/** The latest plays of all songs of one artist: the latest of each song by index, then the latest of those. */
export function listPlaysOfArtist(reader: Reader, address: string, first: number): Promise<Play[]> {
  const query = sql<Play>`
    select ${columns}
    from songs
    cross join lateral (
      select * from plays where plays.song_id = songs.song_id order by played_at desc, id desc limit ${first}
    ) plays
    where songs.artist_address = ${address}
    order by plays.played_at desc, plays.id desc limit ${first}`;
  return reader.read('artist.recentPlays', rawQuery(query));
}
