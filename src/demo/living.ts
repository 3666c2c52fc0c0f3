import type { Database } from '../database/database.js';
import type { Queryable } from '../database/session/session.js';
import { findMark } from './mark.js';
import { type DrawPlay, listening } from './plays.js';
import { createWorld, type DemoWorld } from './world.js';

/** A demo that may go on: whoever is in it, and what they play next. */
export interface LivingWorld {
  readonly drawPlay: DrawPlay;
  /** Another number makes others play. */
  readonly seed: number;
}

/**
 * The world that a database was seeded with, if that is all it holds. Nobody's own data gets invented plays: the mark
 * of the seed has to stand, an import takes it away, and artists, songs and listeners have to be those of the demo,
 * none more and none less.
 * @returns null for a server, and for an embedded database with anything else in it.
 */
export async function findLivingWorld(database: Database): Promise<LivingWorld | null> {
  if (database.kind !== 'embedded') return null;
  const mark = await findMark(database);
  if (!mark) return null;
  const world = createWorld(mark.size, mark.madeAt);
  return (await isAll(database, world)) ? { drawPlay: listening(world), seed: mark.size.seed } : null;
}

async function isAll(database: Queryable, world: DemoWorld): Promise<boolean> {
  const list = async (column: string, table: string) => {
    const { rows } = await database.query<{ key: string }>(`select ${column} as key from ${table}`);
    return rows.map(({ key }) => key);
  };
  const artists = world.artists.map(({ address }) => address);
  const songs = world.songs.map(({ id }) => id);
  const listeners = new Set(world.listeners.map(({ address }) => address));
  return (
    isSame(await list('artist_address', 'artists'), artists) &&
    isSame(await list('song_id', 'songs'), songs) &&
    // As of the last refresh, which is where listeners are kept apart from plays. Not all of them need have listened.
    (await list('listener_address', 'mv_listener_activity')).every((address) => listeners.has(address))
  );
}

function isSame(found: readonly string[], expected: readonly string[]): boolean {
  const known = new Set(expected);
  return found.length === known.size && found.every((key) => known.has(key));
}
