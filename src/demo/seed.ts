import { setImmediate } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { leaveMark } from './mark.js';
import { type DemoPlay, listening } from './plays.js';
import { createRandom } from './random.js';
import { drawInstants } from './rhythm.js';
import { createWorld, type DemoSize, type DemoWorld } from './world.js';

export interface DemoOptions extends DemoSize {
  readonly plays: number;
}

/** What the embedded database starts with. */
export const defaultDemo: DemoOptions = Object.freeze({
  artists: 200,
  songs: 2_000,
  listeners: 2_500,
  plays: 80_000,
  days: 400,
  seed: 1,
});

/** The tables hold something already, and demo data would mix with it. */
export class TablesNotEmptyError extends Error {
  constructor(readonly tables: readonly string[]) {
    super(
      `Demo data goes into empty tables only: expected no rows, got some in ${tables.join(', ')}. Nothing was changed.`,
    );
    this.name = 'TablesNotEmptyError';
  }
}

/**
 * Fills empty tables with demo data that ends at `now`, in one transaction: all of it is there afterwards, or nothing.
 * The same options and the same `now` give the same rows.
 * @param onProgress is told how many plays have been written.
 * @throws TablesNotEmptyError; the reason of `signal` when that was aborted.
 */
export async function seedDemo(
  database: Database,
  options: DemoOptions,
  now: Date,
  onProgress?: (plays: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const world = createWorld(options, now);
  await database.transaction(async (session) => {
    await session.query('set local statement_timeout = 0');
    // Two that seed at once: the second one waits, and then finds the tables full.
    await session.query('lock table artists in share row exclusive mode');
    const { rows } = await session.query<{ table: string }>(
      `select 'artists' as "table" where exists (select from artists)
       union all select 'songs' where exists (select from songs)
       union all select 'plays' where exists (select from plays)`,
    );
    if (rows.length > 0) throw new TablesNotEmptyError(rows.map((row) => row.table));
    await session.query('select analytics.ensure_play_partitions_between($1, $2)', [
      new Date(world.from),
      new Date(world.to),
    ]);
    const copy = (table: string, columns: readonly string[], lines: Iterable<string>) =>
      session.copyInto(table, columns, inChunks(lines, signal));
    await copy('artists', ['artist_address', 'name', 'created_at'], artistLines(world));
    await copy(
      'songs',
      ['song_id', 'title', 'artist_address', 'genre', 'strategy', 'created_at'],
      songLines(world),
    );
    await copy(
      'plays',
      ['song_id', 'listener_address', 'played_at', 'duration', 'amount_paid'],
      playLines(world, options, onProgress),
    );
    // The tables of a server may be somebody's own, with words of their own.
    if (database.kind === 'embedded') await leaveMark(session, { size: options, madeAt: now });
  });
}

// Nothing that is made here holds a tab, a backslash or a line break, so nothing has to be escaped for COPY.
function line(...values: readonly (string | number | null)[]): string {
  return `${values.map((value) => value ?? '\\N').join('\t')}\n`;
}

function* artistLines({ artists }: DemoWorld): Generator<string> {
  for (const { address, name, createdAt } of artists) yield line(address, name, iso(createdAt));
}

function* songLines({ artists, songs }: DemoWorld): Generator<string> {
  for (const { id, title, artist, genre, strategy, createdAt } of songs)
    yield line(id, title, artists[artist]!.address, genre, strategy, iso(createdAt));
}

function* playLines(
  world: DemoWorld,
  options: DemoOptions,
  onProgress?: (plays: number) => void,
): Generator<string> {
  const random = createRandom(options.seed, 'plays');
  const drawPlay = listening(world);
  let written = 0;
  for (const instant of drawInstants(options.plays, world.from, world.to, random)) {
    const play: DemoPlay = drawPlay(instant, random);
    yield line(play.songId, play.listenerAddress, iso(play.playedAt), play.duration, play.amountPaid);
    written++;
    if (written % linesPerChunk === 0) onProgress?.(written);
  }
  onProgress?.(written);
}

const linesPerChunk = 1000;

async function* inChunks(lines: Iterable<string>, signal?: AbortSignal): AsyncGenerator<string> {
  let chunk: string[] = [];
  for (const text of lines) {
    chunk.push(text);
    if (chunk.length < linesPerChunk) continue;
    // The embedded database never lets go of the thread by itself, and nobody would hear a signal.
    await setImmediate();
    signal?.throwIfAborted();
    yield chunk.join('');
    chunk = [];
  }
  if (chunk.length > 0) yield chunk.join('');
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
