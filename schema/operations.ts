/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What active listeners are counted over, in UTC. */
export type ActiveListenersGranularity =
  /** A day from midnight on. */
  | 'DAY'
  /** A month from its first day on. */
  | 'MONTH'
  /** A week from Monday on. */
  | 'WEEK';

/** Conditions on an address, compared as stored; all that are given have to hold. */
export type AddressFilter = {
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** Equal to one of these values; an empty list fits no row. */
  in?: Array<string> | null | undefined;
  /** Not equal to this value; rows without a value count as not equal. */
  ne?: string | null | undefined;
  /** Equal to none of these values; rows without a value fit. */
  notIn?: Array<string> | null | undefined;
};

/** The kind of problem an alert is about. */
export type AlertKind =
  /** Pool utilization was above `connectionPoolWarning`. */
  | 'POOL_WARNING'
  /** A query failed. */
  | 'QUERY_ERROR'
  /** A query took longer than `slowQueryMs`. */
  | 'SLOW_QUERY'
  /** The views became older than `viewStalenessHours`. */
  | 'STALE_VIEW';

/** Which artists: all conditions that are given have to hold. `and`, `or` and `not` join further filters. */
export type ArtistFilter = {
  /** All of these have to hold. */
  and?: Array<ArtistFilter> | null | undefined;
  /** The wallet address of the artist; the key. */
  artistAddress?: AddressFilter | null | undefined;
  /** The name that the artist shows. */
  artistName?: StringFilter | null | undefined;
  /** What one play has paid on average, in FLOW; 0 without plays. */
  avgEarningPerPlay?: DecimalFilter | null | undefined;
  /** When a song of the artist was last played; null without plays. */
  lastPlayDate?: DateTimeFilter | null | undefined;
  /** The instant of the refresh that last published the artists. They hold at the instant of every later one that did not change them. */
  lastRefreshed?: DateTimeFilter | null | undefined;
  /** This must not hold. */
  not?: ArtistFilter | null | undefined;
  /** At least one of these has to hold. */
  or?: Array<ArtistFilter> | null | undefined;
  /** Plays in the 7 days before the last refresh. */
  playsLast7Days?: BigIntFilter | null | undefined;
  /** Plays in the 30 days before the last refresh. */
  playsLast30Days?: BigIntFilter | null | undefined;
  /** What all plays have paid, in FLOW. */
  totalEarnings?: DecimalFilter | null | undefined;
  /** How many plays all songs of the artist have had. */
  totalPlays?: BigIntFilter | null | undefined;
  /** How many songs the artist has published. */
  totalSongs?: BigIntFilter | null | undefined;
  /** How many different addresses have played a song of the artist. */
  uniqueListeners?: BigIntFilter | null | undefined;
};

/** One step of an ordering: a field and which end of it comes first. */
export type ArtistOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** The field to order by. */
  field: ArtistOrderField;
};

/** What artists can be ordered by. */
export type ArtistOrderField =
  /** The wallet address of the artist; the key. */
  | 'ARTIST_ADDRESS'
  /** The name that the artist shows. */
  | 'ARTIST_NAME'
  /** What one play has paid on average, in FLOW; 0 without plays. */
  | 'AVG_EARNING_PER_PLAY'
  /** When a song of the artist was last played; null without plays. */
  | 'LAST_PLAY_DATE'
  /** The instant of the refresh that last published the artists. They hold at the instant of every later one that did not change them. */
  | 'LAST_REFRESHED'
  /** Plays in the 7 days before the last refresh. */
  | 'PLAYS_LAST_7_DAYS'
  /** Plays in the 30 days before the last refresh. */
  | 'PLAYS_LAST_30_DAYS'
  /** What all plays have paid, in FLOW. */
  | 'TOTAL_EARNINGS'
  /** How many plays all songs of the artist have had. */
  | 'TOTAL_PLAYS'
  /** How many songs the artist has published. */
  | 'TOTAL_SONGS'
  /** How many different addresses have played a song of the artist. */
  | 'UNIQUE_LISTENERS';

/** Conditions on a count; all that are given have to hold. */
export type BigIntFilter = {
  /** Equal to this value. */
  eq?: number | null | undefined;
  /** Greater than this value. */
  gt?: number | null | undefined;
  /** This value or greater. */
  gte?: number | null | undefined;
  /** Equal to one of these values; an empty list fits no row. */
  in?: Array<number> | null | undefined;
  /** Less than this value. */
  lt?: number | null | undefined;
  /** This value or less. */
  lte?: number | null | undefined;
  /** Not equal to this value; rows without a value count as not equal. */
  ne?: number | null | undefined;
  /** Equal to none of these values; rows without a value fit. */
  notIn?: Array<number> | null | undefined;
};

/** How a song came to its place, compared with the edition before. */
export type ChartStatus =
  /** It has a worse rank than in the edition before. */
  | 'DOWN'
  /** It was in no earlier edition of the chart. */
  | 'NEW'
  /** It was not in the edition before, but in an earlier one. */
  | 'RE_ENTRY'
  /** It has the same rank as in the edition before. */
  | 'SAME'
  /** It has a better rank than in the edition before. */
  | 'UP';

/** What a series is compared with: as many buckets of an earlier time. */
export type CompareTo =
  /** As many buckets that end where the series begins. */
  | 'PREVIOUS_PERIOD'
  /** As many buckets from the same local time one year earlier on; weeks from 52 weeks earlier on. */
  | 'PREVIOUS_YEAR';

/** Conditions on a point in time; all that are given have to hold. */
export type DateTimeFilter = {
  /** Later than this. */
  after?: string | null | undefined;
  /** At this time or later. */
  atOrAfter?: string | null | undefined;
  /** At this time or earlier. */
  atOrBefore?: string | null | undefined;
  /** Earlier than this. */
  before?: string | null | undefined;
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** true: rows without a value; false: rows with one. */
  isNull?: boolean | null | undefined;
};

/** Conditions on an amount or an average, compared exactly; all that are given have to hold. */
export type DecimalFilter = {
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** Greater than this value. */
  gt?: string | null | undefined;
  /** This value or greater. */
  gte?: string | null | undefined;
  /** Equal to one of these values; an empty list fits no row. */
  in?: Array<string> | null | undefined;
  /** Less than this value. */
  lt?: string | null | undefined;
  /** This value or less. */
  lte?: string | null | undefined;
  /** Not equal to this value; rows without a value count as not equal. */
  ne?: string | null | undefined;
  /** Equal to none of these values; rows without a value fit. */
  notIn?: Array<string> | null | undefined;
};

/** What one bucket of a series is: a unit of the calendar in its time zone. */
export type Granularity =
  /** A day from midnight on; 23 or 25 hours where the clock changes. */
  | 'DAY'
  /** An hour of the clock. An hour that the clock shows twice is two buckets. */
  | 'HOUR'
  /** A month from its first day on. */
  | 'MONTH'
  /** A week from Monday on. */
  | 'WEEK'
  /** A year from the first of January on. */
  | 'YEAR';

/** Conditions on an identifier; all that are given have to hold. */
export type IdFilter = {
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** Equal to one of these values; an empty list fits no row. */
  in?: Array<string> | null | undefined;
  /** Not equal to this value; rows without a value count as not equal. */
  ne?: string | null | undefined;
  /** Equal to none of these values; rows without a value fit. */
  notIn?: Array<string> | null | undefined;
};

/** Which listeners: all conditions that are given have to hold. `and`, `or` and `not` join further filters. */
export type ListenerFilter = {
  /** All of these have to hold. */
  and?: Array<ListenerFilter> | null | undefined;
  /** What the listener has paid for one play on average, in FLOW. */
  avgSpentPerPlay?: DecimalFilter | null | undefined;
  /** The genre that the listener played most; of equals the first in the alphabet. Null when no song played has one. */
  favoriteGenre?: StringFilter | null | undefined;
  /** The economic model that the listener played most; of equals the first in the alphabet. */
  favoriteStrategy?: StrategyFilter | null | undefined;
  /** When the listener first played a song. */
  firstActive?: DateTimeFilter | null | undefined;
  /** When the listener last played a song. */
  lastActive?: DateTimeFilter | null | undefined;
  /** The wallet address of the listener; the key. */
  listenerAddress?: AddressFilter | null | undefined;
  /** This must not hold. */
  not?: ListenerFilter | null | undefined;
  /** At least one of these has to hold. */
  or?: Array<ListenerFilter> | null | undefined;
  /** Plays in the 7 days before the last refresh. */
  playsLast7d?: BigIntFilter | null | undefined;
  /** Plays in the 30 days before the last refresh. */
  playsLast30d?: BigIntFilter | null | undefined;
  /** How many plays the listener has made. */
  totalPlays?: BigIntFilter | null | undefined;
  /** What the listener has paid in all, in FLOW. */
  totalSpent?: DecimalFilter | null | undefined;
  /** How many different artists the listener has played. */
  uniqueArtists?: BigIntFilter | null | undefined;
  /** How many different songs the listener has played. */
  uniqueSongsPlayed?: BigIntFilter | null | undefined;
};

/** One step of an ordering: a field and which end of it comes first. */
export type ListenerOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** The field to order by. */
  field: ListenerOrderField;
};

/** What listeners can be ordered by. */
export type ListenerOrderField =
  /** What the listener has paid for one play on average, in FLOW. */
  | 'AVG_SPENT_PER_PLAY'
  /** The genre that the listener played most; of equals the first in the alphabet. Null when no song played has one. */
  | 'FAVORITE_GENRE'
  /** The economic model that the listener played most; of equals the first in the alphabet. */
  | 'FAVORITE_STRATEGY'
  /** When the listener first played a song. */
  | 'FIRST_ACTIVE'
  /** When the listener last played a song. */
  | 'LAST_ACTIVE'
  /** The wallet address of the listener; the key. */
  | 'LISTENER_ADDRESS'
  /** Plays in the 7 days before the last refresh. */
  | 'PLAYS_LAST_7D'
  /** Plays in the 30 days before the last refresh. */
  | 'PLAYS_LAST_30D'
  /** How many plays the listener has made. */
  | 'TOTAL_PLAYS'
  /** What the listener has paid in all, in FLOW. */
  | 'TOTAL_SPENT'
  /** How many different artists the listener has played. */
  | 'UNIQUE_ARTISTS'
  /** How many different songs the listener has played. */
  | 'UNIQUE_SONGS_PLAYED';

/** Which end of the values comes first. Rows without a value stand last in both. */
export type OrderDirection =
  /** Smallest, earliest or alphabetically first value first. */
  | 'ASC'
  /** Largest, latest or alphabetically last value first. */
  | 'DESC';

/** How the numbers were brought up to date. */
export type RefreshKind =
  /** From what changed since the last refresh. */
  | 'INCREMENTAL'
  /** From all plays. */
  | 'REBUILD';

/** What came of asking for a refresh. */
export type RefreshOutcome =
  /** A refresh was running; this is its result. */
  | 'JOINED'
  /** The views were refreshed by this call. */
  | 'REFRESHED'
  /** A refresh was running and is still; this call did nothing. */
  | 'RUNNING';

/** Which songs: all conditions that are given have to hold. `and`, `or` and `not` join further filters. */
export type SongFilter = {
  /** All of these have to hold. */
  and?: Array<SongFilter> | null | undefined;
  /** The wallet address of the artist. */
  artistAddress?: AddressFilter | null | undefined;
  /** What one play has paid on average, in FLOW; 0 without plays. */
  avgEarningPerPlay?: DecimalFilter | null | undefined;
  /** How long one play lasted on average, in seconds; 0 without plays. */
  avgPlayDuration?: DecimalFilter | null | undefined;
  /** When the song was first played; null without plays. */
  firstPlayed?: DateTimeFilter | null | undefined;
  /** The genre of the song; null when it has none. */
  genre?: StringFilter | null | undefined;
  /** When the song was last played; null without plays. */
  lastPlayed?: DateTimeFilter | null | undefined;
  /** This must not hold. */
  not?: SongFilter | null | undefined;
  /** At least one of these has to hold. */
  or?: Array<SongFilter> | null | undefined;
  /** How many plays the song has had. */
  playCount?: BigIntFilter | null | undefined;
  /** Plays in the 7 days before the last refresh. */
  playsLast7Days?: BigIntFilter | null | undefined;
  /** Plays in the 30 days before the last refresh. */
  playsLast30Days?: BigIntFilter | null | undefined;
  /** The identifier of the song; the key. */
  songId?: IdFilter | null | undefined;
  /** The economic model that the song is published under. */
  strategy?: StrategyFilter | null | undefined;
  /** The title of the song. */
  title?: StringFilter | null | undefined;
  /** What all plays have paid, in FLOW. */
  totalEarnings?: DecimalFilter | null | undefined;
  /** Plays weighted by how recent they are: 10 in the last day, else 5 in the last 7 days, else 1 in the last 30, else 0. */
  trendingScore?: BigIntFilter | null | undefined;
  /** How many different addresses have played the song. */
  uniqueListeners?: BigIntFilter | null | undefined;
};

/** One step of an ordering: a field and which end of it comes first. */
export type SongOrder = {
  /** Which end comes first. */
  direction?: OrderDirection;
  /** The field to order by. */
  field: SongOrderField;
};

/** What songs can be ordered by. */
export type SongOrderField =
  /** The wallet address of the artist. */
  | 'ARTIST_ADDRESS'
  /** What one play has paid on average, in FLOW; 0 without plays. */
  | 'AVG_EARNING_PER_PLAY'
  /** How long one play lasted on average, in seconds; 0 without plays. */
  | 'AVG_PLAY_DURATION'
  /** When the song was first played; null without plays. */
  | 'FIRST_PLAYED'
  /** The genre of the song; null when it has none. */
  | 'GENRE'
  /** When the song was last played; null without plays. */
  | 'LAST_PLAYED'
  /** Plays in the 7 days before the last refresh. */
  | 'PLAYS_LAST_7_DAYS'
  /** Plays in the 30 days before the last refresh. */
  | 'PLAYS_LAST_30_DAYS'
  /** How many plays the song has had. */
  | 'PLAY_COUNT'
  /** The identifier of the song; the key. */
  | 'SONG_ID'
  /** The economic model that the song is published under. */
  | 'STRATEGY'
  /** The title of the song. */
  | 'TITLE'
  /** What all plays have paid, in FLOW. */
  | 'TOTAL_EARNINGS'
  /** Plays weighted by how recent they are: 10 in the last day, else 5 in the last 7 days, else 1 in the last 30, else 0. */
  | 'TRENDING_SCORE'
  /** How many different addresses have played the song. */
  | 'UNIQUE_LISTENERS';

/** The economic model a song is published under. */
export type Strategy =
  /** Access is sold to the highest bidder. */
  | 'AUCTION'
  /** Listening is free; listeners give what they like. */
  | 'GIFT_ECONOMY'
  /** Patrons support the artist. */
  | 'PATRONAGE'
  /** Each play is paid for. */
  | 'PAY_PER_STREAM';

/** Conditions on an economic model; all that are given have to hold. */
export type StrategyFilter = {
  /** Equal to this value. */
  eq?: Strategy | null | undefined;
  /** Equal to one of these values; an empty list fits no row. */
  in?: Array<Strategy> | null | undefined;
  /** true: rows without a value; false: rows with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to this value; rows without a value count as not equal. */
  ne?: Strategy | null | undefined;
  /** Equal to none of these values; rows without a value fit. */
  notIn?: Array<Strategy> | null | undefined;
};

/** Conditions on a text; all that are given have to hold. */
export type StringFilter = {
  /** Holds this text, upper and lower case being the same. */
  contains?: string | null | undefined;
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** Equal to one of these values; an empty list fits no row. */
  in?: Array<string> | null | undefined;
  /** true: rows without a value; false: rows with one. */
  isNull?: boolean | null | undefined;
  /** Not equal to this value; rows without a value count as not equal. */
  ne?: string | null | undefined;
  /** Equal to none of these values; rows without a value fit. */
  notIn?: Array<string> | null | undefined;
  /** Begins with this text, upper and lower case being the same. */
  startsWith?: string | null | undefined;
};

/** The materialized views. */
export type ViewName =
  /** Artists and their earnings. */
  | 'MV_ARTIST_ANALYTICS'
  /** Genres and their popularity. */
  | 'MV_GENRE_STATS'
  /** Listeners and what they prefer. */
  | 'MV_LISTENER_ACTIVITY'
  /** Totals of the platform. */
  | 'MV_PLATFORM_STATS'
  /** Songs and how they perform. */
  | 'MV_SONG_ANALYTICS'
  /** The chart of the last 7 days. */
  | 'MV_TOP_SONGS_WEEK';

export type ArtistNumbersFragment = { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string };

export type ArtistQueryVariables = Exact<{
  address: string;
}>;


export type ArtistQuery = { artist: { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string } | null };

export type ArtistsQueryVariables = Exact<{
  filter?: ArtistFilter | null | undefined;
  orderBy?: Array<ArtistOrder> | ArtistOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ArtistsQuery = { artists: { totalCount: number, nodes: Array<{ artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type SongsOfArtistQueryVariables = Exact<{
  address: string;
  filter?: SongFilter | null | undefined;
  orderBy?: Array<SongOrder> | SongOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type SongsOfArtistQuery = { artist: { songs: { totalCount: number, nodes: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type TopSongsOfArtistQueryVariables = Exact<{
  address: string;
  first?: number;
}>;


export type TopSongsOfArtistQuery = { artist: { topSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> } | null };

export type RecentPlaysOfArtistQueryVariables = Exact<{
  address: string;
  first?: number;
}>;


export type RecentPlaysOfArtistQuery = { artist: { artistName: string | null, recentPlays: Array<{ id: string, songId: string, playedAt: string, duration: number, amountPaid: string, song: { title: string | null } | null }> | null } | null };

export type StatementAmountsFragment = { id: string, month: string, closedAt: string | null, backfilled: boolean, plays: number, earnings: string, totalPlays: number, totalEarnings: string };

export type ArtistStatementsQueryVariables = Exact<{
  address: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ArtistStatementsQuery = { artist: { artistAddress: string, totalPlays: number, totalEarnings: string, statements: { totalCount: number, nodes: Array<{ id: string, month: string, closedAt: string | null, backfilled: boolean, plays: number, earnings: string, totalPlays: number, totalEarnings: string, byStrategy: Array<{ strategy: Strategy | null, plays: number, earnings: string }> }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } | null };

export type OpenStatementQueryVariables = Exact<{
  address: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type OpenStatementQuery = { artist: { artistAddress: string, openStatement: { id: string, month: string, closedAt: string | null, backfilled: boolean, plays: number, earnings: string, totalPlays: number, totalEarnings: string, songs: { nodes: Array<{ songId: string, songTitle: string | null, plays: number, earnings: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, adjustments: Array<{ month: string, songId: string, songTitle: string | null, plays: number, earnings: string }> } | null } | null };

export type EditionDatesFragment = { id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean };

export type ClosedEntryFragment = { rank: number, plays: number, uniqueListeners: number, earnings: string, songId: string, songTitle: string | null, artistAddress: string | null, artistName: string | null, previousRank: number | null, lastRank: number | null, peakRank: number, editionsOnChart: number, streak: number, status: ChartStatus };

export type ChartEditionQueryVariables = Exact<{
  genre?: string | null | undefined;
  at?: string | null | undefined;
  first?: number;
}>;


export type ChartEditionQuery = { chartEdition: { id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean, entries: Array<{ rank: number, plays: number, uniqueListeners: number, earnings: string, songId: string, songTitle: string | null, artistAddress: string | null, artistName: string | null, previousRank: number | null, lastRank: number | null, peakRank: number, editionsOnChart: number, streak: number, status: ChartStatus }> } | null };

export type RevisedChartEditionQueryVariables = Exact<{
  genre?: string | null | undefined;
  at?: string | null | undefined;
  first?: number;
}>;


export type RevisedChartEditionQuery = { chartEdition: { revisedUnavailable: string | null, id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean, entries: Array<{ rank: number, plays: number, songId: string, songTitle: string | null, artistName: string | null, revisedPlays: number | null, revisedRank: number | null }> } | null };

export type ChartEditionsQueryVariables = Exact<{
  genre?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ChartEditionsQuery = { chartEditions: { totalCount: number, nodes: Array<{ id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type SongChartHistoryQueryVariables = Exact<{
  id: string | number;
  genre?: string | null | undefined;
  first?: number;
}>;


export type SongChartHistoryQuery = { song: { songId: string, title: string | null, chartHistory: Array<{ rank: number, plays: number, uniqueListeners: number, earnings: string, songId: string, songTitle: string | null, artistAddress: string | null, artistName: string | null, previousRank: number | null, lastRank: number | null, peakRank: number, editionsOnChart: number, streak: number, status: ChartStatus, edition: { id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean } }> } | null };

export type TopSongsSinceLastEditionQueryVariables = Exact<{
  first?: number;
}>;


export type TopSongsSinceLastEditionQuery = { topSongsThisWeek: Array<{ songId: string, title: string | null, artistAddress: string | null, artistName: string | null, plays: number, rank: number, previousRank: number | null, peakRank: number | null, editionsOnChart: number, status: ChartStatus | null }> };

export type GenreNumbersFragment = { genre: string, totalSongs: number, totalArtists: number, totalPlays: number, totalEarnings: string, avgEarningPerPlay: string, uniqueListeners: number, playsLast7d: number, popularityRank: number };

export type GenresQueryVariables = Exact<{ [key: string]: never; }>;


export type GenresQuery = { genres: Array<{ genre: string, totalSongs: number, totalArtists: number, totalPlays: number, totalEarnings: string, avgEarningPerPlay: string, uniqueListeners: number, playsLast7d: number, popularityRank: number }> };

export type GenreQueryVariables = Exact<{
  name: string;
  first?: number;
}>;


export type GenreQuery = { genre: { genre: string, totalSongs: number, totalArtists: number, totalPlays: number, totalEarnings: string, avgEarningPerPlay: string, uniqueListeners: number, playsLast7d: number, popularityRank: number, topSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> } | null };

export type ListenerNumbersFragment = { listenerAddress: string, totalPlays: number, uniqueSongsPlayed: number, uniqueArtists: number, totalSpent: string, avgSpentPerPlay: string, firstActive: string | null, lastActive: string | null, favoriteGenre: string | null, favoriteStrategy: Strategy | null, playsLast7d: number, playsLast30d: number };

export type ListenerQueryVariables = Exact<{
  address: string;
}>;


export type ListenerQuery = { listener: { listenerAddress: string, totalPlays: number, uniqueSongsPlayed: number, uniqueArtists: number, totalSpent: string, avgSpentPerPlay: string, firstActive: string | null, lastActive: string | null, favoriteGenre: string | null, favoriteStrategy: Strategy | null, playsLast7d: number, playsLast30d: number } | null };

export type ListenersQueryVariables = Exact<{
  filter?: ListenerFilter | null | undefined;
  orderBy?: Array<ListenerOrder> | ListenerOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ListenersQuery = { listeners: { totalCount: number, nodes: Array<{ listenerAddress: string, totalPlays: number, uniqueSongsPlayed: number, uniqueArtists: number, totalSpent: string, avgSpentPerPlay: string, firstActive: string | null, lastActive: string | null, favoriteGenre: string | null, favoriteStrategy: Strategy | null, playsLast7d: number, playsLast30d: number }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type RecentPlaysOfListenerQueryVariables = Exact<{
  address: string;
  first?: number;
}>;


export type RecentPlaysOfListenerQuery = { listener: { recentPlays: Array<{ id: string, songId: string, playedAt: string, duration: number, amountPaid: string, song: { title: string | null } | null }> } | null };

export type FavoriteArtistsQueryVariables = Exact<{
  address: string;
  first?: number;
}>;


export type FavoriteArtistsQuery = { listener: { favoriteArtists: Array<{ artistAddress: string, artistName: string | null, plays: number, totalSpent: string }> } | null };

export type QueryHealthQueryVariables = Exact<{
  windowMs?: number | null | undefined;
  limit?: number | null | undefined;
}>;


export type QueryHealthQuery = { monitoring: { observedAt: string, queryStats: { windowMs: number, since: string, totalQueries: number, avgDurationMs: number | null, minDurationMs: number | null, maxDurationMs: number | null, p50DurationMs: number | null, p95DurationMs: number | null, p99DurationMs: number | null, errorCount: number, errorRate: number | null, slowQueryCount: number, byName: Array<{ name: string, totalQueries: number, avgDurationMs: number | null, minDurationMs: number | null, maxDurationMs: number | null, p50DurationMs: number | null, p95DurationMs: number | null, p99DurationMs: number | null, errorCount: number, errorRate: number | null, slowQueryCount: number }> }, slowQueries: Array<{ occurredAt: string, name: string, durationMs: number, thresholdMs: number, rows: number }>, queryErrors: Array<{ occurredAt: string, name: string, durationMs: number, code: string, sqlState: string | null }> } };

export type GatewayHealthQueryVariables = Exact<{
  limit?: number | null | undefined;
}>;


export type GatewayHealthQuery = { monitoring: { pool: { total: number, idle: number, active: number, waiting: number, utilization: number, max: number }, cache: { hits: number, misses: number, revalidated: number, stale: number, evictions: number, entries: number, hitRatio: number | null, bytes: number }, viewFreshness: Array<{ view: ViewName, lastRefreshed: string | null, ageSeconds: number | null, stale: boolean, nextRefreshAt: string | null }>, thresholds: { slowQueryMs: number, connectionPoolWarning: number, viewStalenessHours: number }, alerts: Array<{ kind: AlertKind, subject: string, message: string, raisedAt: string, lastSeenAt: string, count: number, recovered: boolean, recoveredAt: string | null }> } };

export type RefreshHistoryQueryVariables = Exact<{
  limit?: number | null | undefined;
}>;


export type RefreshHistoryQuery = { monitoring: { refreshes: Array<{ generation: number | null, trigger: string, kind: RefreshKind | null, reason: string | null, asOf: string | null, startedAt: string, finishedAt: string, durationMs: number, rowsChanged: number | null, error: string | null, views: Array<{ view: ViewName, durationMs: number | null, rowsChanged: number | null }> }> } };

export type SetThresholdsMutationVariables = Exact<{
  slowQueryMs?: number | null | undefined;
  connectionPoolWarning?: number | null | undefined;
  viewStalenessHours?: number | null | undefined;
}>;


export type SetThresholdsMutation = { setThresholds: { slowQueryMs: number, connectionPoolWarning: number, viewStalenessHours: number } };

export type ClearQueryMetricsMutationVariables = Exact<{ [key: string]: never; }>;


export type ClearQueryMetricsMutation = { clearQueryMetrics: boolean };

export type ExplainQueryVariables = Exact<{
  query: string;
  variables?: unknown;
  analyze?: boolean | null | undefined;
}>;


export type ExplainQuery = { monitoring: { explain: Array<{ name: string, sql: string, plan: string, planJson: unknown, totalCost: number, executionTimeMs: number | null, rows: number, estimatedRows: number, buffers: { sharedHit: number, sharedRead: number, sharedDirtied: number, sharedWritten: number, tempRead: number, tempWritten: number } | null, indexSuggestions: Array<{ ddl: string, reason: string, verified: boolean, needs: string | null, costBefore: number | null, costAfter: number | null, estimatedBytes: number, upkeep: string }> }> } };

export type IndexAdviceQueryVariables = Exact<{
  limit?: number | null | undefined;
}>;


export type IndexAdviceQuery = { monitoring: { indexAdvice: { available: boolean, needs: Array<string>, examined: number, skipped: number, suggestions: Array<{ savedMs: number | null, index: { ddl: string, table: string, columns: Array<string>, reason: string, verified: boolean, needs: string | null, costBefore: number | null, costAfter: number | null, estimatedBytes: number, upkeep: string }, statements: Array<{ name: string | null, sql: string, calls: number, totalDurationMs: number, costBefore: number | null, costAfter: number | null }> }> } } };

export type PlatformStatsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlatformStatsQuery = { platformStats: { totalArtists: number, totalSongs: number, totalPlays: number, totalListeners: number, totalVolume: string, avgPayment: string, songsPayPerStream: number, songsGiftEconomy: number, songsPatronage: number, songsAuction: number, playsLast24h: number, playsLast7d: number, playsLast30d: number, newSongsLast7d: number, newSongsLast30d: number } };

export type SeriesBucketsFragment = { from: string, to: string, granularity: Granularity, timeZone: string, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } };

export type PlatformSeriesQueryVariables = Exact<{
  granularity?: Granularity | null | undefined;
  last?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: CompareTo | null | undefined;
}>;


export type PlatformSeriesQuery = { platformStats: { series: { from: string, to: string, granularity: Granularity, timeZone: string, previous: { from: string, to: string, granularity: Granularity, timeZone: string, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } | null, previousToDate: { plays: number, earnings: string, listenedSeconds: number } | null, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } } };

export type ActiveListenersQueryVariables = Exact<{
  granularity?: ActiveListenersGranularity | null | undefined;
  last?: number | null | undefined;
}>;


export type ActiveListenersQuery = { platformStats: { activeListeners: { granularity: ActiveListenersGranularity, buckets: Array<{ start: string, end: string, isPartial: boolean, listeners: number }> } } };

export type GenreSeriesQueryVariables = Exact<{
  name: string;
  granularity?: Granularity | null | undefined;
  last?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: CompareTo | null | undefined;
}>;


export type GenreSeriesQuery = { genre: { genre: string, series: { from: string, to: string, granularity: Granularity, timeZone: string, previous: { from: string, to: string, granularity: Granularity, timeZone: string, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } | null, previousToDate: { plays: number, earnings: string, listenedSeconds: number } | null, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } } | null };

export type ArtistSeriesQueryVariables = Exact<{
  address: string;
  granularity?: Granularity | null | undefined;
  last?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: CompareTo | null | undefined;
}>;


export type ArtistSeriesQuery = { artist: { artistAddress: string, series: { from: string, to: string, granularity: Granularity, timeZone: string, previous: { from: string, to: string, granularity: Granularity, timeZone: string, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } | null, previousToDate: { plays: number, earnings: string, listenedSeconds: number } | null, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } } | null };

export type SongSeriesQueryVariables = Exact<{
  id: string | number;
  granularity?: Granularity | null | undefined;
  last?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: CompareTo | null | undefined;
}>;


export type SongSeriesQuery = { song: { songId: string, series: { from: string, to: string, granularity: Granularity, timeZone: string, previous: { from: string, to: string, granularity: Granularity, timeZone: string, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } | null, previousToDate: { plays: number, earnings: string, listenedSeconds: number } | null, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } } | null };

export type ListenerSeriesQueryVariables = Exact<{
  address: string;
  granularity?: Granularity | null | undefined;
  last?: number | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  timeZone?: string | null | undefined;
  compareTo?: CompareTo | null | undefined;
}>;


export type ListenerSeriesQuery = { listener: { listenerAddress: string, series: { from: string, to: string, granularity: Granularity, timeZone: string, previous: { from: string, to: string, granularity: Granularity, timeZone: string, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } | null, previousToDate: { plays: number, earnings: string, listenedSeconds: number } | null, buckets: Array<{ start: string, end: string, isPartial: boolean, plays: number, earnings: string, listenedSeconds: number }>, totals: { plays: number, earnings: string, listenedSeconds: number } } } | null };

export type SongNumbersFragment = { songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number };

export type SongQueryVariables = Exact<{
  id: string | number;
}>;


export type SongQuery = { song: { songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number, artist: { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string } | null } | null };

export type SongsQueryVariables = Exact<{
  filter?: SongFilter | null | undefined;
  orderBy?: Array<SongOrder> | SongOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type SongsQuery = { songs: { totalCount: number, nodes: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type TrendingSongsQueryVariables = Exact<{
  first?: number;
  genre?: string | null | undefined;
}>;


export type TrendingSongsQuery = { trendingSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> };

export type PopularSongsQueryVariables = Exact<{
  first?: number;
  strategy?: Strategy | null | undefined;
}>;


export type PopularSongsQuery = { popularSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> };

export type SearchSongsQueryVariables = Exact<{
  query: string;
  first?: number;
}>;


export type SearchSongsQuery = { searchSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> };

export type TopSongsThisWeekQueryVariables = Exact<{
  first?: number;
}>;


export type TopSongsThisWeekQuery = { topSongsThisWeek: Array<{ songId: string, title: string | null, artistAddress: string | null, artistName: string | null, genre: string | null, plays: number, rank: number, song: { songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number } | null, artist: { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string } | null }> };

export type ViewFreshnessQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewFreshnessQuery = { viewFreshness: Array<{ view: ViewName, lastRefreshed: string | null, generation: number, ageSeconds: number | null, hoursOld: number | null, stale: boolean, refreshDurationMs: number | null, rowsChanged: number | null, nextRefreshAt: string | null }> };

export type RefreshViewsMutationVariables = Exact<{
  views?: Array<ViewName> | ViewName | null | undefined;
}>;


export type RefreshViewsMutation = { refreshViews: { outcome: RefreshOutcome, generation: number, kind: RefreshKind | null, reason: string | null, asOf: string | null, durationMs: number | null, viewsRefreshed: number, views: Array<{ view: ViewName, asOf: string | null, durationMs: number | null, rowsChanged: number | null }>, phases: Array<{ name: string, durationMs: number }> } };

export const ArtistNumbersFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArtistNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Artist"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayDate"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}}]}}]} as unknown as DocumentNode<ArtistNumbersFragment, unknown>;
export const StatementAmountsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StatementAmounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArtistStatement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"month"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}}]}}]} as unknown as DocumentNode<StatementAmountsFragment, unknown>;
export const EditionDatesFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EditionDates"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEdition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"periodStart"}},{"kind":"Field","name":{"kind":"Name","value":"periodEnd"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}}]}}]} as unknown as DocumentNode<EditionDatesFragment, unknown>;
export const ClosedEntryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClosedEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEditionEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"songTitle"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"previousRank"}},{"kind":"Field","name":{"kind":"Name","value":"lastRank"}},{"kind":"Field","name":{"kind":"Name","value":"peakRank"}},{"kind":"Field","name":{"kind":"Name","value":"editionsOnChart"}},{"kind":"Field","name":{"kind":"Name","value":"streak"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]} as unknown as DocumentNode<ClosedEntryFragment, unknown>;
export const GenreNumbersFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GenreNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GenreStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"popularityRank"}}]}}]} as unknown as DocumentNode<GenreNumbersFragment, unknown>;
export const ListenerNumbersFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListenerNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Listener"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listenerAddress"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueSongsPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalSpent"}},{"kind":"Field","name":{"kind":"Name","value":"avgSpentPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstActive"}},{"kind":"Field","name":{"kind":"Name","value":"lastActive"}},{"kind":"Field","name":{"kind":"Name","value":"favoriteGenre"}},{"kind":"Field","name":{"kind":"Name","value":"favoriteStrategy"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30d"}}]}}]} as unknown as DocumentNode<ListenerNumbersFragment, unknown>;
export const SeriesBucketsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SeriesBuckets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Series"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]} as unknown as DocumentNode<SeriesBucketsFragment, unknown>;
export const SongNumbersFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<SongNumbersFragment, unknown>;
export const ArtistDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Artist"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArtistNumbers"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArtistNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Artist"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayDate"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}}]}}]} as unknown as DocumentNode<ArtistQuery, ArtistQueryVariables>;
export const ArtistsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Artists"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ArtistFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ArtistOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artists"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArtistNumbers"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArtistNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Artist"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayDate"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}}]}}]} as unknown as DocumentNode<ArtistsQuery, ArtistsQueryVariables>;
export const SongsOfArtistDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SongsOfArtist"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SongFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SongOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<SongsOfArtistQuery, SongsOfArtistQueryVariables>;
export const TopSongsOfArtistDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TopSongsOfArtist"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topSongs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<TopSongsOfArtistQuery, TopSongsOfArtistQueryVariables>;
export const RecentPlaysOfArtistDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecentPlaysOfArtist"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"recentPlays"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"playedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"amountPaid"}},{"kind":"Field","name":{"kind":"Name","value":"song"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecentPlaysOfArtistQuery, RecentPlaysOfArtistQueryVariables>;
export const ArtistStatementsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArtistStatements"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"statements"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StatementAmounts"}},{"kind":"Field","name":{"kind":"Name","value":"byStrategy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StatementAmounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArtistStatement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"month"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}}]}}]} as unknown as DocumentNode<ArtistStatementsQuery, ArtistStatementsQueryVariables>;
export const OpenStatementDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenStatement"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"openStatement"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"StatementAmounts"}},{"kind":"Field","name":{"kind":"Name","value":"songs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"songTitle"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"adjustments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"month"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"songTitle"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StatementAmounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ArtistStatement"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"month"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}}]}}]} as unknown as DocumentNode<OpenStatementQuery, OpenStatementQueryVariables>;
export const ChartEditionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ChartEdition"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"genre"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"at"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chartEdition"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"genre"},"value":{"kind":"Variable","name":{"kind":"Name","value":"genre"}}},{"kind":"Argument","name":{"kind":"Name","value":"at"},"value":{"kind":"Variable","name":{"kind":"Name","value":"at"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EditionDates"}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ClosedEntry"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EditionDates"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEdition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"periodStart"}},{"kind":"Field","name":{"kind":"Name","value":"periodEnd"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClosedEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEditionEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"songTitle"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"previousRank"}},{"kind":"Field","name":{"kind":"Name","value":"lastRank"}},{"kind":"Field","name":{"kind":"Name","value":"peakRank"}},{"kind":"Field","name":{"kind":"Name","value":"editionsOnChart"}},{"kind":"Field","name":{"kind":"Name","value":"streak"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]} as unknown as DocumentNode<ChartEditionQuery, ChartEditionQueryVariables>;
export const RevisedChartEditionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RevisedChartEdition"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"genre"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"at"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chartEdition"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"genre"},"value":{"kind":"Variable","name":{"kind":"Name","value":"genre"}}},{"kind":"Argument","name":{"kind":"Name","value":"at"},"value":{"kind":"Variable","name":{"kind":"Name","value":"at"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EditionDates"}},{"kind":"Field","name":{"kind":"Name","value":"revisedUnavailable"}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"songTitle"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"revisedPlays"}},{"kind":"Field","name":{"kind":"Name","value":"revisedRank"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EditionDates"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEdition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"periodStart"}},{"kind":"Field","name":{"kind":"Name","value":"periodEnd"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}}]}}]} as unknown as DocumentNode<RevisedChartEditionQuery, RevisedChartEditionQueryVariables>;
export const ChartEditionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ChartEditions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"genre"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chartEditions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"genre"},"value":{"kind":"Variable","name":{"kind":"Name","value":"genre"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EditionDates"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EditionDates"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEdition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"periodStart"}},{"kind":"Field","name":{"kind":"Name","value":"periodEnd"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}}]}}]} as unknown as DocumentNode<ChartEditionsQuery, ChartEditionsQueryVariables>;
export const SongChartHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SongChartHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"genre"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"song"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"chartHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"genre"},"value":{"kind":"Variable","name":{"kind":"Name","value":"genre"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ClosedEntry"}},{"kind":"Field","name":{"kind":"Name","value":"edition"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"EditionDates"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ClosedEntry"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEditionEntry"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"songTitle"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"previousRank"}},{"kind":"Field","name":{"kind":"Name","value":"lastRank"}},{"kind":"Field","name":{"kind":"Name","value":"peakRank"}},{"kind":"Field","name":{"kind":"Name","value":"editionsOnChart"}},{"kind":"Field","name":{"kind":"Name","value":"streak"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"EditionDates"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ChartEdition"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"periodStart"}},{"kind":"Field","name":{"kind":"Name","value":"periodEnd"}},{"kind":"Field","name":{"kind":"Name","value":"closedAt"}},{"kind":"Field","name":{"kind":"Name","value":"backfilled"}}]}}]} as unknown as DocumentNode<SongChartHistoryQuery, SongChartHistoryQueryVariables>;
export const TopSongsSinceLastEditionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TopSongsSinceLastEdition"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topSongsThisWeek"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"previousRank"}},{"kind":"Field","name":{"kind":"Name","value":"peakRank"}},{"kind":"Field","name":{"kind":"Name","value":"editionsOnChart"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<TopSongsSinceLastEditionQuery, TopSongsSinceLastEditionQueryVariables>;
export const GenresDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Genres"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genres"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GenreNumbers"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GenreNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GenreStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"popularityRank"}}]}}]} as unknown as DocumentNode<GenresQuery, GenresQueryVariables>;
export const GenreDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Genre"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genre"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"GenreNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"topSongs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"GenreNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"GenreStats"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"popularityRank"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<GenreQuery, GenreQueryVariables>;
export const ListenerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Listener"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listener"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListenerNumbers"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListenerNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Listener"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listenerAddress"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueSongsPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalSpent"}},{"kind":"Field","name":{"kind":"Name","value":"avgSpentPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstActive"}},{"kind":"Field","name":{"kind":"Name","value":"lastActive"}},{"kind":"Field","name":{"kind":"Name","value":"favoriteGenre"}},{"kind":"Field","name":{"kind":"Name","value":"favoriteStrategy"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30d"}}]}}]} as unknown as DocumentNode<ListenerQuery, ListenerQueryVariables>;
export const ListenersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Listeners"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ListenerFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ListenerOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listeners"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ListenerNumbers"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ListenerNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Listener"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listenerAddress"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueSongsPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalSpent"}},{"kind":"Field","name":{"kind":"Name","value":"avgSpentPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstActive"}},{"kind":"Field","name":{"kind":"Name","value":"lastActive"}},{"kind":"Field","name":{"kind":"Name","value":"favoriteGenre"}},{"kind":"Field","name":{"kind":"Name","value":"favoriteStrategy"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30d"}}]}}]} as unknown as DocumentNode<ListenersQuery, ListenersQueryVariables>;
export const RecentPlaysOfListenerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RecentPlaysOfListener"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listener"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recentPlays"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"playedAt"}},{"kind":"Field","name":{"kind":"Name","value":"duration"}},{"kind":"Field","name":{"kind":"Name","value":"amountPaid"}},{"kind":"Field","name":{"kind":"Name","value":"song"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]} as unknown as DocumentNode<RecentPlaysOfListenerQuery, RecentPlaysOfListenerQueryVariables>;
export const FavoriteArtistsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FavoriteArtists"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listener"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"favoriteArtists"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"totalSpent"}}]}}]}}]}}]} as unknown as DocumentNode<FavoriteArtistsQuery, FavoriteArtistsQueryVariables>;
export const QueryHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"QueryHealth"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"windowMs"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"60000"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitoring"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"queryStats"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"windowMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"windowMs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"windowMs"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"totalQueries"}},{"kind":"Field","name":{"kind":"Name","value":"avgDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"minDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"p50DurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"p95DurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"p99DurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"errorCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorRate"}},{"kind":"Field","name":{"kind":"Name","value":"slowQueryCount"}},{"kind":"Field","name":{"kind":"Name","value":"byName"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"totalQueries"}},{"kind":"Field","name":{"kind":"Name","value":"avgDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"minDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"maxDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"p50DurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"p95DurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"p99DurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"errorCount"}},{"kind":"Field","name":{"kind":"Name","value":"errorRate"}},{"kind":"Field","name":{"kind":"Name","value":"slowQueryCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"slowQueries"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"thresholdMs"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}}]}},{"kind":"Field","name":{"kind":"Name","value":"queryErrors"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"occurredAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"sqlState"}}]}}]}}]}}]} as unknown as DocumentNode<QueryHealthQuery, QueryHealthQueryVariables>;
export const GatewayHealthDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GatewayHealth"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitoring"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"pool"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"idle"}},{"kind":"Field","name":{"kind":"Name","value":"active"}},{"kind":"Field","name":{"kind":"Name","value":"waiting"}},{"kind":"Field","name":{"kind":"Name","value":"utilization"}},{"kind":"Field","name":{"kind":"Name","value":"max"}}]}},{"kind":"Field","name":{"kind":"Name","value":"cache"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hits"}},{"kind":"Field","name":{"kind":"Name","value":"misses"}},{"kind":"Field","name":{"kind":"Name","value":"revalidated"}},{"kind":"Field","name":{"kind":"Name","value":"stale"}},{"kind":"Field","name":{"kind":"Name","value":"evictions"}},{"kind":"Field","name":{"kind":"Name","value":"entries"}},{"kind":"Field","name":{"kind":"Name","value":"hitRatio"}},{"kind":"Field","name":{"kind":"Name","value":"bytes"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewFreshness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"view"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}},{"kind":"Field","name":{"kind":"Name","value":"ageSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"stale"}},{"kind":"Field","name":{"kind":"Name","value":"nextRefreshAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"thresholds"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slowQueryMs"}},{"kind":"Field","name":{"kind":"Name","value":"connectionPoolWarning"}},{"kind":"Field","name":{"kind":"Name","value":"viewStalenessHours"}}]}},{"kind":"Field","name":{"kind":"Name","value":"alerts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"raisedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastSeenAt"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"recovered"}},{"kind":"Field","name":{"kind":"Name","value":"recoveredAt"}}]}}]}}]}}]} as unknown as DocumentNode<GatewayHealthQuery, GatewayHealthQueryVariables>;
export const RefreshHistoryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RefreshHistory"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitoring"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"generation"}},{"kind":"Field","name":{"kind":"Name","value":"trigger"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"rowsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"views"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"view"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"rowsChanged"}}]}},{"kind":"Field","name":{"kind":"Name","value":"error"}}]}}]}}]}}]} as unknown as DocumentNode<RefreshHistoryQuery, RefreshHistoryQueryVariables>;
export const SetThresholdsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetThresholds"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"slowQueryMs"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"connectionPoolWarning"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"viewStalenessHours"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Float"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setThresholds"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"slowQueryMs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"slowQueryMs"}}},{"kind":"Argument","name":{"kind":"Name","value":"connectionPoolWarning"},"value":{"kind":"Variable","name":{"kind":"Name","value":"connectionPoolWarning"}}},{"kind":"Argument","name":{"kind":"Name","value":"viewStalenessHours"},"value":{"kind":"Variable","name":{"kind":"Name","value":"viewStalenessHours"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slowQueryMs"}},{"kind":"Field","name":{"kind":"Name","value":"connectionPoolWarning"}},{"kind":"Field","name":{"kind":"Name","value":"viewStalenessHours"}}]}}]}}]} as unknown as DocumentNode<SetThresholdsMutation, SetThresholdsMutationVariables>;
export const ClearQueryMetricsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"ClearQueryMetrics"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"clearQueryMetrics"}}]}}]} as unknown as DocumentNode<ClearQueryMetricsMutation, ClearQueryMetricsMutationVariables>;
export const ExplainDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Explain"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"variables"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"JSON"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"analyze"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitoring"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"explain"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}},{"kind":"Argument","name":{"kind":"Name","value":"variables"},"value":{"kind":"Variable","name":{"kind":"Name","value":"variables"}}},{"kind":"Argument","name":{"kind":"Name","value":"analyze"},"value":{"kind":"Variable","name":{"kind":"Name","value":"analyze"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sql"}},{"kind":"Field","name":{"kind":"Name","value":"plan"}},{"kind":"Field","name":{"kind":"Name","value":"planJson"}},{"kind":"Field","name":{"kind":"Name","value":"totalCost"}},{"kind":"Field","name":{"kind":"Name","value":"executionTimeMs"}},{"kind":"Field","name":{"kind":"Name","value":"rows"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedRows"}},{"kind":"Field","name":{"kind":"Name","value":"buffers"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sharedHit"}},{"kind":"Field","name":{"kind":"Name","value":"sharedRead"}},{"kind":"Field","name":{"kind":"Name","value":"sharedDirtied"}},{"kind":"Field","name":{"kind":"Name","value":"sharedWritten"}},{"kind":"Field","name":{"kind":"Name","value":"tempRead"}},{"kind":"Field","name":{"kind":"Name","value":"tempWritten"}}]}},{"kind":"Field","name":{"kind":"Name","value":"indexSuggestions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ddl"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"verified"}},{"kind":"Field","name":{"kind":"Name","value":"needs"}},{"kind":"Field","name":{"kind":"Name","value":"costBefore"}},{"kind":"Field","name":{"kind":"Name","value":"costAfter"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"upkeep"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ExplainQuery, ExplainQueryVariables>;
export const IndexAdviceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"IndexAdvice"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"limit"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}},"defaultValue":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"monitoring"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"indexAdvice"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"limit"},"value":{"kind":"Variable","name":{"kind":"Name","value":"limit"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"available"}},{"kind":"Field","name":{"kind":"Name","value":"needs"}},{"kind":"Field","name":{"kind":"Name","value":"examined"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"suggestions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"savedMs"}},{"kind":"Field","name":{"kind":"Name","value":"index"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ddl"}},{"kind":"Field","name":{"kind":"Name","value":"table"}},{"kind":"Field","name":{"kind":"Name","value":"columns"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"verified"}},{"kind":"Field","name":{"kind":"Name","value":"needs"}},{"kind":"Field","name":{"kind":"Name","value":"costBefore"}},{"kind":"Field","name":{"kind":"Name","value":"costAfter"}},{"kind":"Field","name":{"kind":"Name","value":"estimatedBytes"}},{"kind":"Field","name":{"kind":"Name","value":"upkeep"}}]}},{"kind":"Field","name":{"kind":"Name","value":"statements"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sql"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"totalDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"costBefore"}},{"kind":"Field","name":{"kind":"Name","value":"costAfter"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<IndexAdviceQuery, IndexAdviceQueryVariables>;
export const PlatformStatsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PlatformStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platformStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalArtists"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"totalListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalVolume"}},{"kind":"Field","name":{"kind":"Name","value":"avgPayment"}},{"kind":"Field","name":{"kind":"Name","value":"songsPayPerStream"}},{"kind":"Field","name":{"kind":"Name","value":"songsGiftEconomy"}},{"kind":"Field","name":{"kind":"Name","value":"songsPatronage"}},{"kind":"Field","name":{"kind":"Name","value":"songsAuction"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast24h"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30d"}},{"kind":"Field","name":{"kind":"Name","value":"newSongsLast7d"}},{"kind":"Field","name":{"kind":"Name","value":"newSongsLast30d"}}]}}]}}]} as unknown as DocumentNode<PlatformStatsQuery, PlatformStatsQueryVariables>;
export const PlatformSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PlatformSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Granularity"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeZone"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platformStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"granularity"},"value":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeZone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}},{"kind":"Field","name":{"kind":"Name","value":"previous"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousToDate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SeriesBuckets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Series"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]} as unknown as DocumentNode<PlatformSeriesQuery, PlatformSeriesQueryVariables>;
export const ActiveListenersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ActiveListeners"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ActiveListenersGranularity"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"platformStats"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"activeListeners"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"granularity"},"value":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"listeners"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ActiveListenersQuery, ActiveListenersQueryVariables>;
export const GenreSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GenreSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Granularity"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeZone"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genre"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"granularity"},"value":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeZone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}},{"kind":"Field","name":{"kind":"Name","value":"previous"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousToDate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SeriesBuckets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Series"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]} as unknown as DocumentNode<GenreSeriesQuery, GenreSeriesQueryVariables>;
export const ArtistSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ArtistSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Granularity"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeZone"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artist"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"granularity"},"value":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeZone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}},{"kind":"Field","name":{"kind":"Name","value":"previous"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousToDate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SeriesBuckets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Series"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]} as unknown as DocumentNode<ArtistSeriesQuery, ArtistSeriesQueryVariables>;
export const SongSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SongSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Granularity"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeZone"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"song"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"granularity"},"value":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeZone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}},{"kind":"Field","name":{"kind":"Name","value":"previous"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousToDate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SeriesBuckets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Series"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]} as unknown as DocumentNode<SongSeriesQuery, SongSeriesQueryVariables>;
export const ListenerSeriesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListenerSeries"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"address"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Address"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Granularity"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"TimeZone"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CompareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listener"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"address"},"value":{"kind":"Variable","name":{"kind":"Name","value":"address"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listenerAddress"}},{"kind":"Field","name":{"kind":"Name","value":"series"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"granularity"},"value":{"kind":"Variable","name":{"kind":"Name","value":"granularity"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"timeZone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"timeZone"}}},{"kind":"Argument","name":{"kind":"Name","value":"compareTo"},"value":{"kind":"Variable","name":{"kind":"Name","value":"compareTo"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}},{"kind":"Field","name":{"kind":"Name","value":"previous"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SeriesBuckets"}}]}},{"kind":"Field","name":{"kind":"Name","value":"previousToDate"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SeriesBuckets"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Series"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"granularity"}},{"kind":"Field","name":{"kind":"Name","value":"timeZone"}},{"kind":"Field","name":{"kind":"Name","value":"buckets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"end"}},{"kind":"Field","name":{"kind":"Name","value":"isPartial"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totals"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"earnings"}},{"kind":"Field","name":{"kind":"Name","value":"listenedSeconds"}}]}}]}}]} as unknown as DocumentNode<ListenerSeriesQuery, ListenerSeriesQueryVariables>;
export const SongDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Song"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"song"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"artist"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArtistNumbers"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArtistNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Artist"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayDate"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}}]}}]} as unknown as DocumentNode<SongQuery, SongQueryVariables>;
export const SongsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Songs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"SongFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SongOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<SongsQuery, SongsQueryVariables>;
export const TrendingSongsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TrendingSongs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"genre"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"trendingSongs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"genre"},"value":{"kind":"Variable","name":{"kind":"Name","value":"genre"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<TrendingSongsQuery, TrendingSongsQueryVariables>;
export const PopularSongsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PopularSongs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"strategy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Strategy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"popularSongs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"strategy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"strategy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<PopularSongsQuery, PopularSongsQueryVariables>;
export const SearchSongsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchSongs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchSongs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}}]} as unknown as DocumentNode<SearchSongsQuery, SearchSongsQueryVariables>;
export const TopSongsThisWeekDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"TopSongsThisWeek"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"topSongsThisWeek"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"plays"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"song"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SongNumbers"}}]}},{"kind":"Field","name":{"kind":"Name","value":"artist"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ArtistNumbers"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SongNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Song"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"songId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"genre"}},{"kind":"Field","name":{"kind":"Name","value":"strategy"}},{"kind":"Field","name":{"kind":"Name","value":"playCount"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgPlayDuration"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"firstPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayed"}},{"kind":"Field","name":{"kind":"Name","value":"trendingScore"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ArtistNumbers"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Artist"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"artistAddress"}},{"kind":"Field","name":{"kind":"Name","value":"artistName"}},{"kind":"Field","name":{"kind":"Name","value":"totalSongs"}},{"kind":"Field","name":{"kind":"Name","value":"totalPlays"}},{"kind":"Field","name":{"kind":"Name","value":"uniqueListeners"}},{"kind":"Field","name":{"kind":"Name","value":"totalEarnings"}},{"kind":"Field","name":{"kind":"Name","value":"avgEarningPerPlay"}},{"kind":"Field","name":{"kind":"Name","value":"lastPlayDate"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast30Days"}},{"kind":"Field","name":{"kind":"Name","value":"playsLast7Days"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}}]}}]} as unknown as DocumentNode<TopSongsThisWeekQuery, TopSongsThisWeekQueryVariables>;
export const ViewFreshnessDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ViewFreshness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewFreshness"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"view"}},{"kind":"Field","name":{"kind":"Name","value":"lastRefreshed"}},{"kind":"Field","name":{"kind":"Name","value":"generation"}},{"kind":"Field","name":{"kind":"Name","value":"ageSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"hoursOld"}},{"kind":"Field","name":{"kind":"Name","value":"stale"}},{"kind":"Field","name":{"kind":"Name","value":"refreshDurationMs"}},{"kind":"Field","name":{"kind":"Name","value":"rowsChanged"}},{"kind":"Field","name":{"kind":"Name","value":"nextRefreshAt"}}]}}]}}]} as unknown as DocumentNode<ViewFreshnessQuery, ViewFreshnessQueryVariables>;
export const RefreshViewsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshViews"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"views"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ViewName"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshViews"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"views"},"value":{"kind":"Variable","name":{"kind":"Name","value":"views"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"generation"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"views"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"view"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}},{"kind":"Field","name":{"kind":"Name","value":"rowsChanged"}}]}},{"kind":"Field","name":{"kind":"Name","value":"phases"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"durationMs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"viewsRefreshed"}}]}}]}}]} as unknown as DocumentNode<RefreshViewsMutation, RefreshViewsMutationVariables>;