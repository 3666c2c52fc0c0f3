import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLScalarType } from 'graphql';
import { rows } from './pool.js';

/**
 * The part of the gateway's schema that the operations ask for, written by hand as one would for Apollo, Yoga or
 * Mercurius: a statement a field, DataLoader for what hangs on other rows, and no column that nobody asks for here.
 */
const typeDefs = `
  scalar BigInt
  scalar Decimal
  scalar DateTime
  scalar Address
  enum Strategy { PAY_PER_STREAM GIFT_ECONOMY PATRONAGE AUCTION }
  type Query {
    trendingSongs(first: Int! = 20): [Song!]!
    platformStats: PlatformStats!
    topSongsThisWeek(first: Int! = 100): [ChartEntry!]!
    genres: [GenreStats!]!
    songs(filter: SongFilter, orderBy: [SongOrder!], first: Int): SongConnection!
    artist(address: Address!): Artist
  }
  type Song {
    songId: ID!
    title: String
    genre: String
    strategy: Strategy
    playCount: BigInt!
    uniqueListeners: BigInt!
    totalEarnings: Decimal!
    trendingScore: BigInt!
    lastPlayed: DateTime
    artist: Artist
  }
  type Artist {
    artistAddress: Address!
    artistName: String
    totalSongs: BigInt!
    totalPlays: BigInt!
    uniqueListeners: BigInt!
    totalEarnings: Decimal!
    lastPlayDate: DateTime
    topSongs(first: Int! = 10): [Song!]!
  }
  type PlatformStats {
    totalArtists: BigInt!
    totalSongs: BigInt!
    totalPlays: BigInt!
    totalListeners: BigInt!
    totalVolume: Decimal!
    avgPayment: Decimal!
    songsPayPerStream: BigInt!
    songsGiftEconomy: BigInt!
    songsPatronage: BigInt!
    songsAuction: BigInt!
    playsLast24h: BigInt!
    playsLast7d: BigInt!
    playsLast30d: BigInt!
    newSongsLast7d: BigInt!
    newSongsLast30d: BigInt!
  }
  type ChartEntry {
    songId: ID!
    title: String
    artistAddress: Address
    artistName: String
    genre: String
    plays: BigInt!
    rank: BigInt!
  }
  type GenreStats {
    genre: String!
    totalSongs: BigInt!
    totalArtists: BigInt!
    totalPlays: BigInt!
    totalEarnings: Decimal!
    avgEarningPerPlay: Decimal!
    uniqueListeners: BigInt!
    playsLast7d: BigInt!
    popularityRank: BigInt!
  }
  type SongConnection { nodes: [Song!]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  input SongFilter { genre: StringFilter playCount: BigIntFilter }
  input StringFilter { in: [String!] }
  input BigIntFilter { gte: BigInt }
  input SongOrder { field: SongOrderField! direction: OrderDirection! = ASC }
  enum SongOrderField { PLAY_COUNT TRENDING_SCORE }
  enum OrderDirection { ASC DESC }
`;

const song = `song_id as "songId", title, genre, strategy, play_count as "playCount", unique_listeners as "uniqueListeners",
  total_earnings as "totalEarnings", trending_score as "trendingScore", last_played as "lastPlayed",
  artist_address as "artistAddress"`;

const artist = `artist_address as "artistAddress", artist_name as "artistName", total_songs as "totalSongs",
  total_plays as "totalPlays", unique_listeners as "uniqueListeners", total_earnings as "totalEarnings",
  last_play_date as "lastPlayDate"`;

const platformStats = `select total_artists as "totalArtists", total_songs as "totalSongs", total_plays as "totalPlays",
  total_listeners as "totalListeners", total_volume as "totalVolume", avg_payment as "avgPayment",
  songs_pay_per_stream as "songsPayPerStream", songs_gift_economy as "songsGiftEconomy",
  songs_patronage as "songsPatronage", songs_auction as "songsAuction", plays_last_24h as "playsLast24h",
  plays_last_7d as "playsLast7d", plays_last_30d as "playsLast30d", new_songs_last_7d as "newSongsLast7d",
  new_songs_last_30d as "newSongsLast30d" from mv_platform_stats`;

const chart = `select song_id as "songId", title, artist_address as "artistAddress", artist_name as "artistName", genre,
  plays, rank from mv_top_songs_week order by rank, song_id limit $1`;

const genres = `select genre, total_songs as "totalSongs", total_artists as "totalArtists", total_plays as "totalPlays",
  total_earnings as "totalEarnings", avg_earning_per_play as "avgEarningPerPlay", unique_listeners as "uniqueListeners",
  plays_last_7d as "playsLast7d", popularity_rank as "popularityRank" from mv_genre_stats order by popularity_rank, genre`;

const orderColumns = { PLAY_COUNT: 'play_count', TRENDING_SCORE: 'trending_score' };

async function listSongs(_, { filter, orderBy, first = 20 }) {
  const conditions = [];
  const values = [];
  if (filter?.genre?.in) conditions.push(`genre = any($${values.push(filter.genre.in)})`);
  if (filter?.playCount?.gte != null) conditions.push(`play_count >= $${values.push(filter.playCount.gte)}`);
  const order = (orderBy ?? []).map(
    ({ field, direction }) => `${orderColumns[field]} ${direction.toLowerCase()}`,
  );
  const found = await rows(
    `select ${song} from mv_song_analytics ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by ${[...order, 'song_id'].join(', ')} limit $${values.push(first + 1)}`,
    values,
  );
  return { nodes: found.slice(0, first), pageInfo: { hasNextPage: found.length > first } };
}

const resolvers = {
  BigInt: new GraphQLScalarType({ name: 'BigInt' }),
  Decimal: new GraphQLScalarType({ name: 'Decimal' }),
  DateTime: new GraphQLScalarType({ name: 'DateTime', serialize: (date) => date.toISOString() }),
  Strategy: {
    PAY_PER_STREAM: 'pay-per-stream',
    GIFT_ECONOMY: 'gift-economy',
    PATRONAGE: 'patronage',
    AUCTION: 'auction',
  },
  Query: {
    trendingSongs: (_, { first }) =>
      rows(`select ${song} from mv_song_analytics order by trending_score desc, song_id limit $1`, [first]),
    platformStats: async () => (await rows(platformStats))[0],
    topSongsThisWeek: (_, { first }) => rows(chart, [first]),
    genres: () => rows(genres),
    songs: listSongs,
    artist: (_, { address }, { artists }) => artists.load(address),
  },
  Song: { artist: (parent, _, { artists }) => artists.load(parent.artistAddress) },
  Artist: {
    topSongs: (parent, { first }) =>
      rows(
        `select ${song} from mv_song_analytics where artist_address = $1 order by play_count desc, song_id limit $2`,
        [parent.artistAddress, first],
      ),
  },
};

export const schema = makeExecutableSchema({ typeDefs, resolvers });

/** Reads many artists in one statement, in the order of their addresses. */
export async function artistsByAddress(addresses) {
  const found = await rows(`select ${artist} from mv_artist_analytics where artist_address = any($1)`, [
    addresses,
  ]);
  const byAddress = new Map(found.map((each) => [each.artistAddress, each]));
  return addresses.map((address) => byAddress.get(address) ?? null);
}
