import { drawByWeight, pick, popularity, type Random, randomFrom } from './random.js';
import { adjectives, firstNames, genres, nouns } from './words.js';

/** How much demo data, and the seed that all of it follows from. */
export interface DemoSize {
  readonly artists: number;
  readonly songs: number;
  readonly listeners: number;
  readonly plays: number;
  /** How many days back the first play lies. */
  readonly days: number;
  readonly seed: number;
}

/** What the embedded database is filled with at its first start. */
export const defaultDemo: DemoSize = Object.freeze({
  artists: 200,
  songs: 5_000,
  listeners: 5_000,
  plays: 200_000,
  days: 400,
  seed: 1,
});

export interface DemoArtist {
  readonly address: string;
  readonly name: string;
  readonly createdAt: Date;
}

export interface DemoSong {
  readonly id: string;
  readonly title: string;
  readonly artistAddress: string;
  readonly genre: string | null;
  readonly strategy: string;
  readonly createdAt: Date;
}

export interface DemoPlay {
  readonly songId: string;
  readonly listenerAddress: string;
  readonly playedAt: Date;
  readonly durationSeconds: number;
  /** FLOW, with up to eight digits after the point. */
  readonly amountPaid: string;
}

/** A made-up platform: who is there, and what they would play next. */
export interface DemoPlatform {
  readonly artists: readonly DemoArtist[];
  readonly songs: readonly DemoSong[];
  /** Draws a play at this time, with the tastes and the skew of the platform. */
  drawPlay(playedAt: Date): DemoPlay;
  /** Draws a time: growing over the days, livelier in the evening and at weekends. */
  drawTime(): Date;
}

const dayMs = 86_400_000;
const hourWeights = [4, 2, 1, 1, 1, 2, 4, 7, 9, 9, 8, 8, 9, 9, 9, 10, 11, 13, 15, 17, 18, 16, 12, 8];
const weekdayWeights = [1.2, 0.9, 0.9, 0.95, 1, 1.15, 1.35];

/** Makes the platform of a size; the same size, seed and moment give the same one. */
export function createPlatform(size: DemoSize, now: Date): DemoPlatform {
  const random = randomFrom(size.seed);
  const startMs = now.getTime() - size.days * dayMs;
  const artists = Array.from({ length: size.artists }, () => createArtist(random, startMs, size.days));
  const songs = createSongs(random, size, artists, now);
  const listeners = Array.from({ length: size.listeners }, () => ({
    address: address(random),
    taste: Math.floor(random() ** 2 * genres.length),
    generosity: random() ** 3,
  }));

  const drawListener = drawByWeight(popularity(size.listeners, 0.6));
  const songWeights = shuffled(random, popularity(size.songs, 0.85));
  const drawAnySong = drawByWeight(songWeights);
  const songsByGenre = genres.map((genre) =>
    songs.flatMap((song, index) => (song.genre === genre ? [index] : [])),
  );
  const drawOfGenre = songsByGenre.map((indexes) =>
    drawByWeight(indexes.map((index) => songWeights[index] ?? 0)),
  );
  const drawDay = drawByWeight(
    Array.from({ length: size.days }, (_, day) => {
      const weekday = new Date(startMs + day * dayMs).getUTCDay();
      return (1 + (3 * day) / size.days) * (weekdayWeights[weekday] ?? 1);
    }),
  );
  const drawHour = drawByWeight(hourWeights);

  return {
    artists,
    songs,
    drawPlay(playedAt) {
      const listener = listeners[drawListener(random)] as (typeof listeners)[number];
      const favorites = songsByGenre[listener.taste] ?? [];
      const index =
        favorites.length > 0 && random() < 0.6
          ? favorites[drawOfGenre[listener.taste]?.(random) ?? 0]
          : drawAnySong(random);
      const song = songs[index ?? 0] as DemoSong;
      return {
        songId: song.id,
        listenerAddress: listener.address,
        playedAt,
        durationSeconds: random() < 0.2 ? Math.floor(random() * 40) : 90 + Math.floor(random() * 240),
        amountPaid: amount(random, song.strategy, listener.generosity),
      };
    },
    drawTime() {
      for (;;) {
        const day = startMs - (startMs % dayMs) + (drawDay(random) + 1) * dayMs;
        const time = day + (drawHour(random) + random()) * 3_600_000;
        if (time <= now.getTime() && time >= startMs) return new Date(time);
      }
    },
  };
}

function createArtist(random: Random, startMs: number, days: number): DemoArtist {
  const name =
    random() < 0.5
      ? `${pick(random, firstNames)} ${pick(random, nouns)}`
      : `The ${pick(random, adjectives)} ${pick(random, nouns)}s`;
  return { address: address(random), name, createdAt: new Date(startMs - random() * days * dayMs) };
}

function createSongs(random: Random, size: DemoSize, artists: readonly DemoArtist[], now: Date): DemoSong[] {
  if (artists.length === 0) return [];
  const drawArtist = drawByWeight(popularity(artists.length, 0.5));
  const drawGenre = drawByWeight(popularity(genres.length, 0.7));
  const drawStrategy = drawByWeight([55, 25, 12, 8]);
  return Array.from({ length: size.songs }, (_, index) => {
    const artist = artists[drawArtist(random)] as DemoArtist;
    const ageMs = random() ** 1.3 * (now.getTime() - artist.createdAt.getTime());
    return {
      id: `song-${String(index + 1).padStart(6, '0')}`,
      title: `${pick(random, adjectives)} ${pick(random, nouns)}${random() < 0.25 ? ` No. ${1 + Math.floor(random() * 9)}` : ''}`,
      artistAddress: artist.address,
      genre: random() < 0.03 ? null : (genres[drawGenre(random)] ?? null),
      strategy: ['pay-per-stream', 'gift-economy', 'patronage', 'auction'][drawStrategy(random)] as string,
      createdAt: new Date(now.getTime() - ageMs),
    };
  });
}

/** What a play pays follows from the economic model of the song and from who listens. */
function amount(random: Random, strategy: string, generosity: number): string {
  if (strategy === 'pay-per-stream') return (0.005 + random() * 0.01).toFixed(4);
  if (strategy === 'gift-economy') return random() < 0.85 ? '0' : (generosity * 5 * random()).toFixed(8);
  if (strategy === 'patronage') return random() < 0.6 ? '0' : (0.05 + generosity * 2 * random()).toFixed(6);
  return (0.02 + random() ** 4 * 8).toFixed(8);
}

function address(random: Random): string {
  let digits = '';
  while (digits.length < 40)
    digits += Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  return `0x${digits}`;
}

function shuffled<T>(random: Random, values: T[]): T[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other] as T, values[last] as T];
  }
  return values;
}
