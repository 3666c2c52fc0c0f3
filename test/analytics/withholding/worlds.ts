export interface Numbers {
  readonly plays: number;
  readonly listeners: number;
}

/** The numbers of all songs, artists and the platform. */
export interface World {
  readonly songs: readonly (Numbers & { readonly artist: number })[];
  readonly artists: readonly Numbers[];
  readonly platform: Numbers;
  /** The counts of listeners: of the songs, the artists and the platform, in this order. */
  readonly counts: readonly number[];
}

/**
 * All worlds with songs of these artists and so many plays each. Worlds with the same plays come together, because
 * these can be told apart by everybody.
 */
export function* listWorlds(
  artists: readonly number[],
  minPlays: number,
  maxPlays: number,
): Generator<World[]> {
  for (const plays of listPlays(artists.length, minPlays, maxPlays)) yield worldsWith(artists, plays);
}

function* listPlays(songs: number, minPlays: number, maxPlays: number): Generator<number[]> {
  if (songs === 0) yield [];
  else
    for (const others of listPlays(songs - 1, minPlays, maxPlays))
      for (let plays = minPlays; plays <= maxPlays; plays++) yield [...others, plays];
}

/** Adds listeners one by one, each of some of the songs, in every way that the plays allow. */
function worldsWith(artists: readonly number[], plays: readonly number[]): World[] {
  const artistCount = Math.max(...artists) + 1;
  const listeners = Array.from({ length: 2 ** artists.length - 1 }, (_, index) => {
    const songs = artists.map((_artist, song) => ((index + 1) >> song) & 1);
    const heard = Array.from({ length: artistCount }, (_value, artist) =>
      Number(songs.some((hears, song) => hears === 1 && artists[song] === artist)),
    );
    return [...songs, ...heard, 1];
  });
  const found = new Map<string, number[]>();
  let newest = [new Array<number>(artists.length + artistCount + 1).fill(0)];
  for (const counts of newest) found.set(counts.join(), counts);
  while (newest.length > 0) {
    const next: number[][] = [];
    for (const counts of newest)
      for (const listener of listeners) {
        const more = counts.map((count, place) => count + listener[place]!);
        if (plays.some((limit, song) => more[song]! > limit) || found.has(more.join())) continue;
        found.set(more.join(), more);
        next.push(more);
      }
    newest = next;
  }
  return [...found.values()]
    .filter((counts) => plays.every((count, song) => count === 0 || counts[song]! > 0))
    .map((counts) => worldOf(artists, artistCount, plays, counts));
}

function worldOf(
  artists: readonly number[],
  artistCount: number,
  plays: readonly number[],
  counts: readonly number[],
): World {
  const playsOf = (artist: number) =>
    plays.reduce((sum, count, song) => sum + (artists[song] === artist ? count : 0), 0);
  return {
    songs: artists.map((artist, song) => ({ artist, plays: plays[song]!, listeners: counts[song]! })),
    artists: Array.from({ length: artistCount }, (_, artist) => ({
      plays: playsOf(artist),
      listeners: counts[artists.length + artist]!,
    })),
    platform: { plays: plays.reduce((sum, count) => sum + count, 0), listeners: counts.at(-1)! },
    counts,
  };
}
