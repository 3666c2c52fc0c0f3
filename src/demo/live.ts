import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { queryBuilder } from '../database/query-builder.js';
import type { LivingWorld } from './living.js';
import type { DemoPlay } from './plays.js';
import { createRandom, type Random } from './random.js';

/** How many plays arrive in a second at first, on average. */
export const playsPerSecond = 3;
/** How many arrive like that, and how much slower the others come: so many that today would dwarf the days before. */
const quickPlays = 100;
const slowdown = 60;
/** How often some are written, in milliseconds: a few at a time, so that other queries get their turn. */
const beatMs = 500;
/** How long nothing is written after the database has refused, at first and at most, in milliseconds. */
const firstPauseMs = 5_000;
const maxPauseMs = 5 * 60_000;
/** How many of a thousand plays arrive late, and by how much at least and at most, in milliseconds. */
const latePerThousand = 60;
const leastLateMs = 60_000;
const maxLateMs = 10 * 86_400_000;
/** What a demo that is left running for weeks may add, so that it does not fill the disk. */
const maxPlays = 2_000_000;

export interface LiveDemoOptions {
  readonly database: Database;
  readonly world: LivingWorld;
  readonly now: () => Date;
  /** Told of the first of several failures in a row. */
  readonly onFailure: (error: unknown) => void;
  /** How many plays arrive in a second at first, on average. */
  readonly perSecond?: number;
  /** How often some are written, and how long the pause after a failure is at first, in milliseconds. */
  readonly everyMs?: number;
  readonly pauseMs?: number;
}

/** Plays that keep arriving. */
export interface LiveDemo {
  /** How many have been written so far. */
  written(): number;
  /** Ends it, and waits for what is being written. */
  stop(): Promise<void>;
}

/**
 * Lets plays arrive in a demo as its listeners would send them: a few a second at first, then a few a minute, with the
 * skew of the seed, some of them late. It keeps no process from ending, gives way to whoever waits for the database, and pauses while that refuses.
 */
export function startLiveDemo({
  database,
  world,
  now,
  onFailure,
  perSecond = playsPerSecond,
  everyMs = beatMs,
  pauseMs = firstPauseMs,
}: LiveDemoOptions): LiveDemo {
  const stopping = new AbortController();
  // A gateway that starts again does not play once more what it has played.
  const random = createRandom(world.seed, `live ${now().getTime()}`);
  let written = 0;
  let failures = 0;

  const beat = async () => {
    // The embedded database is one session: whoever waits for it already goes first.
    if (database.poolCounts().waiting > 0) return;
    const pace = written < quickPlays ? perSecond : perSecond / slowdown;
    const plays = drawArrivals(world, (pace * everyMs) / 1000, now().getTime(), everyMs, random);
    if (plays.length === 0) return;
    await write(database, plays);
    written += plays.length;
    failures = 0;
  };
  const live = async () => {
    while (written < maxPlays) {
      const pause = failures === 0 ? everyMs : Math.min(maxPauseMs, pauseMs * 2 ** (failures - 1));
      await sleep(pause, undefined, { signal: stopping.signal, ref: false });
      try {
        await beat();
      } catch (error) {
        if (failures++ === 0 && !stopping.signal.aborted) onFailure(error);
      }
    }
  };
  const done = live().catch((error) => {
    if (!stopping.signal.aborted) onFailure(error);
  });

  return {
    written: () => written,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** What arrives at `instant` (milliseconds), having been played since the last time or, sometimes, long before. */
export function drawArrivals(
  { drawPlay }: LivingWorld,
  expected: number,
  instant: number,
  sinceMs: number,
  random: Random,
): DemoPlay[] {
  return Array.from({ length: drawCount(expected, random) }, () => {
    const isLate = random.below(1000) < latePerThousand;
    const agoMs = isLate ? leastLateMs * (maxLateMs / leastLateMs) ** random.next() : random.next() * sinceMs;
    return drawPlay(Math.floor(instant - agoMs), random);
  });
}

/** How many of what happens `expected` times on average happen this time (Poisson, after Knuth). */
function drawCount(expected: number, random: Random): number {
  const limit = Math.exp(-expected);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

async function write(database: Database, plays: readonly DemoPlay[]): Promise<void> {
  const rows = plays.map((play) => ({
    song_id: play.songId,
    listener_address: play.listenerAddress,
    played_at: new Date(play.playedAt).toISOString(),
    duration: play.duration,
    amount_paid: play.amountPaid,
  }));
  // Only embedded databases have a demo, and their readers try nothing twice.
  await database.reader.read('demoPlays', queryBuilder.insertInto('plays').values(rows));
}
