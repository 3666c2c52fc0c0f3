import { maxIndexedBytes } from '../../database/failures/indexed-text.js';
import type { Check } from '../checked-database.js';
import { hint, ok } from '../finding.js';

interface LongText {
  readonly column: string;
  readonly key: string;
  readonly bytes: number;
}

/**
 * Texts of adopted tables that no index of the views may be able to hold: they would end every refresh. How much room
 * a longer one takes depends on how well it compresses.
 */
export const checkLongTexts: Check = async ({ facts }, session) => {
  if (!facts.tables.includes('songs') || !facts.tables.includes('artists')) return [];
  // A table that lacks a column cannot be adopted, and is told of where the tables are looked at.
  const { rows: found } = await session.query<{ count: number }>(
    `select count(*)::int as count from pg_attribute
     where (attrelid, attname) in (('songs'::regclass, 'song_id'), ('songs'::regclass, 'genre'),
       ('artists'::regclass, 'name'), ('artists'::regclass, 'artist_address'))`,
  );
  if (found[0]!.count < 4) return [];
  const { rows } = await session.query<LongText>(
    `select "column", left(key, 60) as key, octet_length(value) as bytes
     from (
       select 'songs.genre' as "column", song_id::text as key, genre::text as value from songs
       union all select 'songs.song_id', song_id::text, song_id::text from songs
       union all select 'artists.name', artist_address::text, name::text from artists
       union all select 'artists.artist_address', artist_address::text, artist_address::text from artists
     ) texts
     where octet_length(value) > $1 order by bytes desc limit 3`,
    [maxIndexedBytes],
  );
  if (rows.length === 0) return [ok('Every text fits the indexes of the views')];
  return rows.map(({ column, key, bytes }) =>
    hint(
      `${column} of ${JSON.stringify(key)} has ${bytes} bytes, where ${maxIndexedBytes} surely fit an index`,
      'Shorten it: a text that an index cannot hold ends every refresh, and the views stay as old as they are.',
    ),
  );
};
