import DataLoader from 'dataloader';
import type { Database } from '../database/database.js';
import { listArtistsByAddress } from './artist-analytics/repository.js';
import type { Artist } from './artist-analytics/type.js';
import { listSongsById } from './song-analytics/repository.js';
import type { Song } from './song-analytics/type.js';

/** One row by its key, and the fields to read. */
export interface LookUp {
  readonly key: string;
  readonly fields: ReadonlySet<string>;
}

/** Batches the look-ups of one request, so that fifty songs cost one query for their artists. */
export interface Loaders {
  readonly artist: DataLoader<LookUp, Artist | null>;
  readonly song: DataLoader<LookUp, Song | null>;
}

/** Made for each request; rows are not cached. */
export function createLoaders(database: Database): Loaders {
  return {
    artist: createBatchLoader(
      (keys, fields) => listArtistsByAddress(database, keys, fields),
      (artist) => artist.artistAddress,
    ),
    song: createBatchLoader(
      (keys, fields) => listSongsById(database, keys, fields),
      (song) => song.songId,
    ),
  };
}

/** Selects the union of the fields of all look-ups in one statement. */
function createBatchLoader<Row>(
  list: (keys: readonly string[], fields: ReadonlySet<string>) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): DataLoader<LookUp, Row | null> {
  return new DataLoader(
    async (lookUps: readonly LookUp[]) => {
      const keys = [...new Set(lookUps.map((lookUp) => lookUp.key))];
      const fields = unionOf(new Set(lookUps.map((lookUp) => lookUp.fields)));
      const rows = new Map((await list(keys, fields)).map((row) => [keyOf(row), row]));
      return lookUps.map((lookUp) => rows.get(lookUp.key) ?? null);
    },
    { cache: false, maxBatchSize: 1000 },
  );
}

function unionOf(sets: ReadonlySet<ReadonlySet<string>>): ReadonlySet<string> {
  const [first, ...others] = sets;
  if (first && others.length === 0) return first;
  return new Set([...sets].flatMap((set) => [...set]));
}
