import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DemoPlay, listening } from '../../src/demo/plays.js';
import { createRandom } from '../../src/demo/random.js';
import { drawInstants } from '../../src/demo/rhythm.js';
import type { DemoOptions } from '../../src/demo/seed.js';
import { createWorld } from '../../src/demo/world.js';

/** The ways in which rows of real files are bad. Each gives one bad line. */
export const badLines: readonly ((play: DemoPlay, playedAt: string) => string)[] = [
  (play, at) => `no-such-song,${play.listenerAddress},${at},${play.duration},${play.amountPaid}`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},${play.duration},-${play.amountPaid}`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},${play.duration},${play.amountPaid}1`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},${play.duration},12345678901`,
  (play) => `${play.songId},${play.listenerAddress},2026-02-30T12:00:00Z,${play.duration},${play.amountPaid}`,
  (play) => `${play.songId},${play.listenerAddress},yesterday,${play.duration},${play.amountPaid}`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},-1,${play.amountPaid}`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},1:30,${play.amountPaid}`,
  (play, at) => `${play.songId},,${at},${play.duration},${play.amountPaid}`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},${play.duration}`,
  (play, at) => `${play.songId},${play.listenerAddress},${at},${play.duration},${play.amountPaid},`,
  (play, at) => `"${play.songId},${play.listenerAddress},${at},${play.duration},${play.amountPaid}`,
  (play, at) => `${play.songId},0x"ab,${at},${play.duration},${play.amountPaid}`,
  (play, at) => `${play.songId},0x\0ab,${at},${play.duration},${play.amountPaid}`,
];

/** Writes plays of the demo's songs to a CSV file, with bad lines scattered evenly through it. */
export async function writePlays(file: string, options: DemoOptions, bad: number, now: Date): Promise<void> {
  await pipeline(Readable.from(chunks(options, bad, now)), createWriteStream(file));
}

function* chunks(options: DemoOptions, bad: number, now: Date): Generator<string> {
  const world = createWorld(options, now);
  const random = createRandom(options.seed, 'plays');
  const drawPlay = listening(world);
  const every = bad > 0 ? Math.floor(options.plays / bad) : Number.POSITIVE_INFINITY;
  let chunk = 'song_id,listener_address,played_at,duration,amount_paid\n';
  let written = 0;
  for (const instant of drawInstants(options.plays, world.from, world.to, random)) {
    const play = drawPlay(instant, random);
    const at = new Date(instant).toISOString();
    const nth = written / every;
    const isBad = Number.isInteger(nth) && nth < bad;
    chunk += isBad
      ? badLines[nth % badLines.length]!(play, at)
      : `${play.songId},${play.listenerAddress},${at},${play.duration},${play.amountPaid}`;
    chunk += '\n';
    written++;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
