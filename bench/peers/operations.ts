/** What each peer is asked. The gateway, Apollo, Yoga and Mercurius get the same text; PostGraphile names things its own way. */
export type OperationName = 'trending' | 'platform' | 'chart' | 'genres' | 'songs' | 'artist' | 'series';

/** The languages in which a question can be put. */
export type Dialect = 'graphql' | 'postgraphile' | 'hand' | 'fixed';

/** What a question of this name is about, the same for every dialect. */
export interface Subject {
  readonly genres: readonly string[];
  readonly plays: number;
  readonly address: string;
}

interface Operation {
  readonly title: string;
  /** Whether its answer depends on the subject, so that it can be asked in a new way every time. */
  readonly varies: boolean;
  /** The peers that it is asked, by name, where not all are; nothing of it is cached. */
  readonly only?: readonly string[];
  readonly graphql: string;
  readonly postgraphile: string;
  readonly variables: (subject: Subject) => object;
}

const platformFields = `totalArtists totalSongs totalPlays totalListeners totalVolume avgPayment songsPayPerStream
  songsGiftEconomy songsPatronage songsAuction playsLast24h playsLast7d playsLast30d newSongsLast7d newSongsLast30d`;
const genreFields = `genre totalSongs totalArtists totalPlays totalEarnings avgEarningPerPlay uniqueListeners playsLast7d
  popularityRank`;
const chartFields = 'songId title artistAddress artistName genre plays rank';
const songFields = 'songId title genre strategy playCount uniqueListeners totalEarnings';
const trendingFields = `songId title genre strategy playCount trendingScore
  artist { artistAddress artistName totalPlays }`;
const artistFields = `artistAddress artistName totalSongs totalPlays uniqueListeners totalEarnings lastPlayDate`;
const seriesFields = 'start plays earnings';
const artistSongFields = 'songId title genre playCount totalEarnings lastPlayed';

/** PostGraphile makes a capital of a letter after a digit. */
const inPostgraphile = (fields: string) =>
  fields.replace(/\b\w+\d[a-z]\b/g, (name) => `${name}: ${name.slice(0, -1)}${name.slice(-1).toUpperCase()}`);

export const operations: Readonly<Record<OperationName, Operation>> = {
  trending: {
    title: '20 trending songs with their artists',
    varies: false,
    graphql: `query Trending($first: Int!) { trendingSongs(first: $first) { ${trendingFields} } }`,
    postgraphile: `query Trending($first: Int!) {
      trendingSongs: allMvSongAnalyticsList(first: $first, orderBy: [TRENDING_SCORE_DESC, SONG_ID_ASC]) { ${trendingFields} }
    }`,
    variables: () => ({ first: 20 }),
  },
  platform: {
    title: 'platform stats',
    varies: false,
    graphql: `query Platform { platformStats { ${platformFields} } }`,
    postgraphile: `query Platform { platformStats: allMvPlatformStatsList { ${inPostgraphile(platformFields)} } }`,
    variables: () => ({}),
  },
  chart: {
    title: 'top 100 of the week',
    varies: false,
    graphql: `query Chart($first: Int!) { topSongsThisWeek(first: $first) { ${chartFields} } }`,
    postgraphile: `query Chart($first: Int!) {
      topSongsThisWeek: allMvTopSongsWeeksList(first: $first, orderBy: [RANK_ASC, SONG_ID_ASC]) { ${chartFields} }
    }`,
    variables: () => ({ first: 100 }),
  },
  genres: {
    title: 'all genres',
    varies: false,
    graphql: `query Genres { genres { ${genreFields} } }`,
    postgraphile: `query Genres { genres: allMvGenreStatsList(orderBy: [POPULARITY_RANK_ASC, GENRE_ASC]) { ${inPostgraphile(genreFields)} } }`,
    variables: () => ({}),
  },
  songs: {
    title: 'a filtered page of 20 songs',
    varies: true,
    graphql: `query Songs($genres: [String!], $plays: BigInt, $first: Int!) {
      songs(filter: { genre: { in: $genres }, playCount: { gte: $plays } }, orderBy: [{ field: PLAY_COUNT, direction: DESC }], first: $first) {
        nodes { ${songFields} }
        pageInfo { hasNextPage }
      }
    }`,
    postgraphile: `query Songs($genres: [String!], $plays: BigInt, $first: Int!) {
      songs: allMvSongAnalytics(filter: { genre: { in: $genres }, playCount: { greaterThanOrEqualTo: $plays } }, orderBy: [PLAY_COUNT_DESC, SONG_ID_ASC], first: $first) {
        nodes { ${songFields} }
        pageInfo { hasNextPage }
      }
    }`,
    variables: ({ genres, plays }) => ({ genres, plays, first: 20 }),
  },
  artist: {
    title: 'an artist with the 10 top songs',
    varies: true,
    graphql: `query Artist($address: Address!) { artist(address: $address) { ${artistFields} topSongs(first: 10) { ${artistSongFields} } } }`,
    postgraphile: `query Artist($address: String!) {
      artist: mvArtistAnalyticByArtistAddress(artistAddress: $address) {
        ${artistFields} topSongs: songsList(first: 10, orderBy: [PLAY_COUNT_DESC, SONG_ID_ASC]) { ${artistSongFields} }
      }
    }`,
    variables: ({ address }) => ({ address }),
  },
  series: {
    title: '90 days of an artist, in Berlin',
    varies: true,
    only: ['gateway-uncached', 'postgraphile', 'hand'],
    graphql: `query Series($address: Address!) {
      artist(address: $address) { series(granularity: DAY, last: 90, timeZone: "Europe/Berlin") { buckets { ${seriesFields} } } }
    }`,
    postgraphile: `query Series($address: String!) {
      artist: mvArtistAnalyticByArtistAddress(artistAddress: $address) { series: days(orderBy: [START_ASC]) { buckets: nodes { ${seriesFields} } } }
    }`,
    variables: ({ address }) => ({ address }),
  },
};

export const operationNames = Object.keys(operations) as OperationName[];

/** Whether a peer is asked a question. */
export function isAsked(name: OperationName, peer: string): boolean {
  return operations[name].only?.includes(peer) ?? true;
}
