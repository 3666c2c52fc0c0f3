import { drawFate, withHits } from './fates.js';
import { type DemoGenre, demoGenres } from './genres.js';
import { drawAddress, drawArtistName, drawTitle } from './names.js';
import { createRandom, type Random } from './random.js';
import { type DemoStrategy, demoStrategies, drawPrice, strategyWeights } from './strategies.js';
import { type WeightedDraw, weighted, zipf } from './weighted.js';

/** How much demo data to make. */
export interface DemoSize {
  readonly artists: number;
  readonly songs: number;
  readonly listeners: number;
  /** How many days of history, up to now. */
  readonly days: number;
  /** The same seed gives the same data. */
  readonly seed: number;
}

export interface DemoArtist {
  readonly address: string;
  readonly name: string;
  /** In milliseconds, as all instants here. */
  readonly createdAt: number;
  readonly home: number;
  readonly strategy: DemoStrategy;
}

export interface DemoSong {
  readonly id: string;
  readonly title: string;
  /** Index of the artist. */
  readonly artist: number;
  /** Index of the genre it belongs to, whether or not anybody has tagged it. */
  readonly style: number;
  readonly genre: string | null;
  readonly strategy: DemoStrategy;
  /** In FLOW; see `drawPrice`. */
  readonly price: number;
  readonly seconds: number;
  readonly createdAt: number;
  /** When it is wanted once more; null if it never is. */
  readonly revivedAt: number | null;
  /** How much of the interest in it stays, from 0 to 1. */
  readonly lasting: number;
  readonly popularity: number;
}

export interface DemoListener {
  readonly address: string;
  readonly joinedAt: number;
  /** Indexes of genres; the first counts most. */
  readonly tastes: readonly number[];
  /** Index of the artist. */
  readonly favorite: number;
}

/** Everybody and everything there is to play. Who and what depends on size and seed only, the dates also on the end. */
export interface DemoWorld {
  readonly from: number;
  readonly to: number;
  readonly artists: readonly DemoArtist[];
  readonly songs: readonly DemoSong[];
  readonly listeners: readonly DemoListener[];
  readonly drawListener: WeightedDraw;
  readonly drawSong: WeightedDraw;
}

const dayMs = 86_400_000;
const drawGenre = weighted(demoGenres.map((genre) => genre.weight));
const drawStrategy = weighted(demoStrategies.map((strategy) => strategyWeights[strategy]));

export function createWorld(size: DemoSize, now: Date): DemoWorld {
  const to = now.getTime();
  const from = to - size.days * dayMs;
  const artists = createArtists(size, from, to, createRandom(size.seed, 'artists'));
  const songs = withHits(createSongs(size, artists, from, to), artists, from, to);
  return {
    from,
    to,
    artists,
    songs,
    listeners: createListeners(size, from, to, createRandom(size.seed, 'listeners')),
    drawListener: weighted(Array.from({ length: size.listeners }, (_, index) => zipf(index, 0.75))),
    drawSong: weighted(songs.map((song) => song.popularity)),
  };
}

function createArtists(size: DemoSize, from: number, to: number, random: Random): DemoArtist[] {
  const taken = new Set<string>();
  return Array.from({ length: size.artists }, (_, index) => {
    const wasThere = index === 0 || random.next() < 0.6;
    return {
      address: drawAddress(random),
      name: drawArtistName(random, taken),
      createdAt: Math.floor(
        wasThere ? from - (0.1 + 2 * random.next()) * (to - from) : from + random.next() * 0.9 * (to - from),
      ),
      home: drawGenre(random),
      strategy: demoStrategies[drawStrategy(random)]!,
    };
  });
}

function createSongs(size: DemoSize, artists: readonly DemoArtist[], from: number, to: number): DemoSong[] {
  const random = createRandom(size.seed, 'songs');
  const randomFate = createRandom(size.seed, 'fates');
  // Some artists have put out everything they ever recorded, others a single; fame is another matter.
  const drawArtist = weighted(artists.map(() => random.logNormal(1, 1)));
  const fame = artists.map((_, rank) => zipf(rank, 0.7));
  return Array.from({ length: size.songs }, (_, index) => {
    const artist = index === 0 ? 0 : drawArtist(random);
    const { home, strategy: usual, createdAt: joinedAt } = artists[artist]!;
    const style = random.next() < 0.82 ? home : drawGenre(random);
    const genre: DemoGenre = demoGenres[style]!;
    const strategy = random.next() < 0.7 ? usual : demoStrategies[drawStrategy(random)]!;
    // The first song is there from the beginning, so that there always is something to play.
    const releasedAt = Math.floor(index === 0 ? from : joinedAt + random.next() * (to - joinedAt));
    return {
      id: `song-${index + 1}`,
      title: drawTitle(genre, random),
      artist,
      style,
      genre: random.next() < 0.04 ? null : genre.name,
      strategy,
      price: drawPrice(strategy, random),
      seconds: Math.round(Math.min(600, Math.max(45, random.logNormal(genre.seconds, 0.22)))),
      createdAt: releasedAt,
      ...drawFate(releasedAt, to, randomFate),
      popularity: fame[artist]! * random.logNormal(1, 1.4),
    };
  });
}

function createListeners(size: DemoSize, from: number, to: number, random: Random): DemoListener[] {
  const drawFavorite = weighted(Array.from({ length: size.artists }, (_, rank) => zipf(rank, 0.7)));
  return Array.from({ length: size.listeners }, (_, index) => ({
    address: drawAddress(random),
    joinedAt: index === 0 || random.next() < 0.35 ? from : Math.floor(from + random.next() * (to - from)),
    tastes: Array.from({ length: 1 + random.below(3) }, () => drawGenre(random)),
    favorite: drawFavorite(random),
  }));
}
