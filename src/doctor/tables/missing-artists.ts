import type { Check } from '../checked-database.js';
import { hint } from '../finding.js';

/** Songs whose artist has no row: their plays count for songs, genres and the platform, and for no artist. */
export const checkMissingArtists: Check = async ({ facts }, session) => {
  if (!facts.tables.includes('songs')) return [];
  const { rows: columns } = await session.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = to_regclass('songs') and attname in ('artist_address', 'artist_name') and not attisdropped`,
  );
  const has = (name: string) => columns.some((column) => column.name === name);
  if (!has('artist_address')) return [];
  const isThere = facts.tables.includes('artists');
  const known = isThere
    ? 'not exists (select from artists where artists.artist_address = songs.artist_address)'
    : 'true';
  const { rows } = await session.query<{ count: number }>(
    `select count(distinct artist_address)::int as count from songs where artist_address is not null and ${known}`,
  );
  const count = rows[0]!.count;
  if (count === 0) return [];
  const name = has('artist_name') ? 'max(artist_name)' : 'artist_address';
  return [
    hint(
      `songs names ${count} artist${count === 1 ? '' : 's'} that ${count === 1 ? 'is' : 'are'} not in artists${isThere ? '' : ', a table that migrate makes and leaves empty'}`,
      `Their plays are in every view but those of artists. ${isThere ? 'Add' : 'After migrate, add'} them: insert into artists (artist_address, name) select artist_address, ${name} from songs where artist_address is not null group by artist_address on conflict do nothing.`,
    ),
  ];
};
