import type { DemoSong } from './world.js';

/** How long a wave of interest rises, in milliseconds. It falls for about six weeks after that. */
const riseMs = 10 * 86_400_000;

/** How much a song is wanted at an instant: from 0 before it is out to 1 at the height of a wave. */
export function appeal({ createdAt, revivedAt, lasting }: DemoSong, instant: number): number {
  if (instant < createdAt) return 0;
  const first = wave(instant - createdAt);
  return lasting + (1 - lasting) * (revivedAt === null ? first : Math.max(first, wave(instant - revivedAt)));
}

function wave(ageMs: number): number {
  const age = ageMs / riseMs;
  return age < 0 ? 0 : age * Math.exp(1 - age);
}
