import { demoGenres } from './genres.js';
import type { Random } from './random.js';
import type { DemoArtist, DemoSong } from './world.js';

const dayMs = 86_400_000;
/** How much of the first wave stays: most songs keep listeners, fads hardly any. */
const usualShare = 0.36;
const fadShare = 0.03;

/** How a song fares after it has come out. */
export type Fate = Pick<DemoSong, 'lasting' | 'revivedAt'>;

/** Some songs are fads, and a few come back long after their release. */
export function drawFate(createdAt: number, to: number, random: Random): Fate {
  const lasting = random.next() < 0.15 ? fadShare : usualShare;
  const isRevived = random.next() < 0.03;
  return {
    lasting,
    revivedAt: isRevived ? createdAt + (0.4 + 0.6 * random.next()) * (to - createdAt) : null,
  };
}

/**
 * Makes hits of two songs, so that each demo has something to see along time: one that came out two months ago, rose and
 * is falling, and one that was gone for months and came back three weeks ago.
 */
export function withHits(
  songs: readonly DemoSong[],
  artists: readonly DemoArtist[],
  from: number,
  to: number,
): DemoSong[] {
  const [first, release, comeback, ...others] = songs;
  if (!first || !release || !comeback) return [...songs];
  const established = artists.flatMap(({ createdAt }, index) => (createdAt <= from ? [index] : []));
  const popularity = 1.3 * songs.reduce((most, song) => Math.max(most, song.popularity), 0);
  const hit = (song: DemoSong, place: number, daysAgo: number, revivedAt: number | null): DemoSong => ({
    ...song,
    artist: established[place % established.length]!,
    genre: demoGenres[song.style]!.name,
    createdAt: Math.max(from, to - daysAgo * dayMs),
    revivedAt,
    lasting: fadShare / 3,
    popularity,
  });
  return [first, hit(release, 1, 60, null), hit(comeback, 2, 220, to - 24 * dayMs), ...others];
}
