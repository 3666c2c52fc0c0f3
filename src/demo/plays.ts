import { appeal } from './appeal.js';
import { demoGenres } from './genres.js';
import type { Random } from './random.js';
import { drawAmount } from './strategies.js';
import { type WeightedDraw, weighted } from './weighted.js';
import type { DemoListener, DemoSong, DemoWorld } from './world.js';

export interface DemoPlay {
  readonly songId: string;
  readonly listenerAddress: string;
  /** In milliseconds. */
  readonly playedAt: number;
  /** In seconds. */
  readonly duration: number;
  /** In FLOW, with eight decimals. */
  readonly amountPaid: string;
}

/** Makes the play that happens at an instant (milliseconds). */
export type DrawPlay = (instant: number, random: Random) => DemoPlay;

const favoriteShare = 0.25;
const tasteShare = 0.65;

/** What everybody in the world listens to: to a favourite artist, to a taste, or to what everybody else does. */
export function listening(world: DemoWorld): DrawPlay {
  const ofArtist = catalogues(world, world.artists.length, (song) => song.artist);
  const ofStyle = catalogues(world, demoGenres.length, (song) => song.style);
  const first = world.songs[0]!;

  const candidate = (listener: DemoListener, random: Random): DemoSong => {
    const chance = random.next();
    // Of two tastes the lesser one is taken: the first counts most.
    const taste = Math.min(random.below(listener.tastes.length), random.below(listener.tastes.length));
    const catalogue =
      chance < favoriteShare
        ? ofArtist[listener.favorite]
        : chance < favoriteShare + tasteShare
          ? ofStyle[listener.tastes[taste]!]
          : null;
    return world.songs[catalogue ? catalogue(random) : world.drawSong(random)]!;
  };

  return (instant, random) => {
    const listener = untilAccepted(
      () => world.listeners[world.drawListener(random)]!,
      (drawn) => drawn.joinedAt <= instant,
      world.listeners[0]!,
    );
    const song = untilAccepted(
      () => candidate(listener, random),
      (drawn) => random.next() < appeal(drawn, instant),
      first,
    );
    const duration = drawDuration(song, random);
    return {
      songId: song.id,
      listenerAddress: listener.address,
      playedAt: instant,
      duration,
      amountPaid: drawAmount(song.strategy, song.price, duration, random),
    };
  };
}

/** For each group the draw of its songs, by popularity; null where a group has none. */
function catalogues(
  world: DemoWorld,
  groups: number,
  groupOf: (song: DemoSong) => number,
): readonly (WeightedDraw | null)[] {
  const members: number[][] = Array.from({ length: groups }, () => []);
  world.songs.forEach((song, index) => {
    members[groupOf(song)]!.push(index);
  });
  return members.map((indexes) => {
    if (indexes.length === 0) return null;
    const draw = weighted(indexes.map((index) => world.songs[index]!.popularity));
    return (random) => indexes[draw(random)]!;
  });
}

const maxAttempts = 60;

function untilAccepted<T>(draw: () => T, accepts: (drawn: T) => boolean, otherwise: T): T {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const drawn = draw();
    if (accepts(drawn)) return drawn;
  }
  return otherwise;
}

/** Most listen to the end, some skip at once, others leave somewhere. */
function drawDuration(song: DemoSong, random: Random): number {
  const chance = random.next();
  if (chance < 0.14) return random.below(30);
  if (chance < 0.34) return random.below(song.seconds);
  return song.seconds;
}
