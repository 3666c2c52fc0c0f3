import type { Database } from '../database/database.js';
import { createPlatform, type DemoPlatform, type DemoSize } from './platform.js';

export { defaultDemo } from './platform.js';

const dayMs = 86_400_000;
const rowsAtOnce = 1_000;

/**
 * Fills empty tables with demo data, all of it or none.
 * @throws Error when there are rows already.
 */
export async function seedDemo(
  database: Database,
  size: DemoSize,
  now: Date,
  onProgress: (plays: number) => void = () => {},
): Promise<void> {
  const platform = createPlatform(size, now);
  await database.transaction(async (client) => {
    await client.query('set local statement_timeout = 0');
    const { rows } = await client.query<{ filled: string[] }>(
      `select array_remove(array[case when exists (select from artists) then 'artists' end,
         case when exists (select from songs) then 'songs' end,
         case when exists (select from plays) then 'plays' end], null) as filled`,
    );
    const filled = rows[0]?.filled ?? [];
    if (filled.length > 0)
      throw new Error(
        `Demo data goes into empty tables only: expected no rows, got some in ${filled.join(', ')}.`,
      );
    await client.query('select analytics.ensure_play_partitions_between($1, $2)', [
      new Date(now.getTime() - size.days * dayMs),
      now,
    ]);
    const copy = (table: string, columns: string[], lines: Iterable<string>) =>
      database.copyInto(client, table, columns, inChunks(lines));
    await copy('artists', ['artist_address', 'name', 'created_at'], artistLines(platform));
    await copy(
      'songs',
      ['song_id', 'title', 'artist_address', 'genre', 'strategy', 'created_at'],
      songLines(platform),
    );
    await copy(
      'plays',
      ['song_id', 'listener_address', 'played_at', 'duration', 'amount_paid'],
      playLines(platform, size.plays, onProgress),
    );
  });
}

function* artistLines({ artists }: DemoPlatform): Generator<string> {
  for (const artist of artists) yield line(artist.address, artist.name, artist.createdAt.toISOString());
}

function* songLines({ songs }: DemoPlatform): Generator<string> {
  for (const song of songs)
    yield line(
      song.id,
      song.title,
      song.artistAddress,
      song.genre,
      song.strategy,
      song.createdAt.toISOString(),
    );
}

function* playLines(
  platform: DemoPlatform,
  count: number,
  onProgress: (plays: number) => void,
): Generator<string> {
  for (let number = 1; number <= count; number++) {
    const play = platform.drawPlay(platform.drawTime());
    yield line(
      play.songId,
      play.listenerAddress,
      play.playedAt.toISOString(),
      play.durationSeconds,
      play.amountPaid,
    );
    if (number % rowsAtOnce === 0 || number === count) onProgress(number);
  }
}

/** One row in COPY's text form. The made-up texts hold none of the signs that would have to be escaped. */
function line(...values: readonly (string | number | null)[]): string {
  return `${values.map((value) => value ?? '\\N').join('\t')}\n`;
}

/** Gives the event loop a turn between chunks, so that progress shows and signals arrive. */
async function* inChunks(lines: Iterable<string>): AsyncGenerator<string> {
  let chunk: string[] = [];
  for (const text of lines) {
    chunk.push(text);
    if (chunk.length === rowsAtOnce) {
      yield chunk.join('');
      chunk = [];
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  if (chunk.length > 0) yield chunk.join('');
}
