import { PublishedDocument } from './document.js';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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
  /** Pool utilization reached `connectionPoolWarning`. */
  | 'POOL_WARNING'
  /** A query failed. */
  | 'QUERY_ERROR'
  /** A query took longer than `slowQueryMs`. */
  | 'SLOW_QUERY'
  /** The views became older than `viewStalenessHours`. */
  | 'STALE_VIEW'
  /** The last verification failed, or found that the views are not what the plays say. */
  | 'VERIFICATION';

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
  /** How many different addresses have played a song of the artist. Null where it is withheld. */
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
  /** How many different addresses have played a song of the artist. Null where it is withheld. */
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
  /** true: rows without a value; false: rows with one. */
  isNull?: boolean | null | undefined;
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
  /** How many different addresses have played the song. Null where it is withheld. */
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
  /** How many different addresses have played the song. Null where it is withheld. */
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

export type ArtistNumbersFragment = { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number | null, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string };

export type ArtistQueryVariables = Exact<{
  address: string;
}>;


export type ArtistQuery = { artist: { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number | null, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string } | null };

export type ArtistsQueryVariables = Exact<{
  filter?: ArtistFilter | null | undefined;
  orderBy?: Array<ArtistOrder> | ArtistOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ArtistsQuery = { artists: { totalCount: number, nodes: Array<{ artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number | null, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type SongsOfArtistQueryVariables = Exact<{
  address: string;
  filter?: SongFilter | null | undefined;
  orderBy?: Array<SongOrder> | SongOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type SongsOfArtistQuery = { artist: { songs: { totalCount: number, nodes: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } } | null };

export type TopSongsOfArtistQueryVariables = Exact<{
  address: string;
  first?: number;
}>;


export type TopSongsOfArtistQuery = { artist: { topSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> } | null };

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

export type StatementTotalsQueryVariables = Exact<{
  address: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type StatementTotalsQuery = { artist: { artistAddress: string, totalPlays: number, totalEarnings: string, openStatement: { id: string, month: string, closedAt: string | null, backfilled: boolean, plays: number, earnings: string, totalPlays: number, totalEarnings: string, byStrategy: Array<{ strategy: Strategy | null, plays: number, earnings: string }> } | null, statements: { edges: Array<{ cursor: string, node: { id: string, month: string, closedAt: string | null, backfilled: boolean, plays: number, earnings: string, totalPlays: number, totalEarnings: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type ClosedStatementQueryVariables = Exact<{
  address: string;
  before?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ClosedStatementQuery = { artist: { artistAddress: string, statements: { nodes: Array<{ id: string, month: string, closedAt: string | null, backfilled: boolean, plays: number, earnings: string, totalPlays: number, totalEarnings: string, byStrategy: Array<{ strategy: Strategy | null, plays: number, earnings: string }>, songs: { nodes: Array<{ songId: string, songTitle: string | null, plays: number, earnings: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, adjustments: Array<{ month: string, songId: string, songTitle: string | null, plays: number, earnings: string }> }> } | null } | null };

export type EditionDatesFragment = { id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean };

export type ClosedEntryFragment = { rank: number, plays: number, uniqueListeners: number | null, earnings: string, songId: string, songTitle: string | null, artistAddress: string | null, artistName: string | null, previousRank: number | null, lastRank: number | null, peakRank: number, editionsOnChart: number, streak: number, status: ChartStatus };

export type ChartEditionQueryVariables = Exact<{
  genre?: string | null | undefined;
  at?: string | null | undefined;
  first?: number;
}>;


export type ChartEditionQuery = { chartEdition: { id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean, entries: Array<{ rank: number, plays: number, uniqueListeners: number | null, earnings: string, songId: string, songTitle: string | null, artistAddress: string | null, artistName: string | null, previousRank: number | null, lastRank: number | null, peakRank: number, editionsOnChart: number, streak: number, status: ChartStatus }> } | null };

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


export type SongChartHistoryQuery = { song: { songId: string, title: string | null, chartHistory: Array<{ rank: number, plays: number, uniqueListeners: number | null, earnings: string, songId: string, songTitle: string | null, artistAddress: string | null, artistName: string | null, previousRank: number | null, lastRank: number | null, peakRank: number, editionsOnChart: number, streak: number, status: ChartStatus, edition: { id: string, number: number, genre: string | null, periodStart: string, periodEnd: string, closedAt: string, backfilled: boolean } }> } | null };

export type TopSongsSinceLastEditionQueryVariables = Exact<{
  first?: number;
}>;


export type TopSongsSinceLastEditionQuery = { topSongsThisWeek: Array<{ songId: string, title: string | null, artistAddress: string | null, artistName: string | null, plays: number, rank: number, previousRank: number | null, peakRank: number | null, editionsOnChart: number, status: ChartStatus | null }> };

export type GenreNumbersFragment = { genre: string, totalSongs: number, totalArtists: number, totalPlays: number, totalEarnings: string, avgEarningPerPlay: string, uniqueListeners: number | null, playsLast7d: number, popularityRank: number };

export type GenresQueryVariables = Exact<{ [key: string]: never; }>;


export type GenresQuery = { genres: Array<{ genre: string, totalSongs: number, totalArtists: number, totalPlays: number, totalEarnings: string, avgEarningPerPlay: string, uniqueListeners: number | null, playsLast7d: number, popularityRank: number }> };

export type GenreQueryVariables = Exact<{
  name: string;
  first?: number;
}>;


export type GenreQuery = { genre: { genre: string, totalSongs: number, totalArtists: number, totalPlays: number, totalEarnings: string, avgEarningPerPlay: string, uniqueListeners: number | null, playsLast7d: number, popularityRank: number, topSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number, artist: { artistName: string | null } | null }> } | null };

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


export type PlatformStatsQuery = { platformStats: { totalArtists: number, totalSongs: number, totalPlays: number, totalListeners: number | null, totalVolume: string, avgPayment: string, songsPayPerStream: number, songsGiftEconomy: number, songsPatronage: number, songsAuction: number, playsLast24h: number, playsLast7d: number, playsLast30d: number, newSongsLast7d: number, newSongsLast30d: number } };

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


export type ActiveListenersQuery = { platformStats: { activeListeners: { granularity: ActiveListenersGranularity, listenersSuppressed: boolean, buckets: Array<{ start: string, end: string, isPartial: boolean, listeners: number | null }> } } };

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

export type SongNumbersFragment = { songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number };

export type SongQueryVariables = Exact<{
  id: string | number;
}>;


export type SongQuery = { song: { songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number, artist: { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number | null, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string } | null } | null };

export type SongsQueryVariables = Exact<{
  filter?: SongFilter | null | undefined;
  orderBy?: Array<SongOrder> | SongOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type SongsQuery = { songs: { totalCount: number, nodes: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number, artist: { artistName: string | null } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type TrendingSongsQueryVariables = Exact<{
  first?: number;
  genre?: string | null | undefined;
}>;


export type TrendingSongsQuery = { trendingSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> };

export type PopularSongsQueryVariables = Exact<{
  first?: number;
  strategy?: Strategy | null | undefined;
}>;


export type PopularSongsQuery = { popularSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> };

export type SearchSongsQueryVariables = Exact<{
  query: string;
  first?: number;
}>;


export type SearchSongsQuery = { searchSongs: Array<{ songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number }> };

export type TopSongsThisWeekQueryVariables = Exact<{
  first?: number;
}>;


export type TopSongsThisWeekQuery = { topSongsThisWeek: Array<{ songId: string, title: string | null, artistAddress: string | null, artistName: string | null, genre: string | null, plays: number, rank: number, song: { songId: string, title: string | null, artistAddress: string | null, genre: string | null, strategy: Strategy | null, playCount: number, uniqueListeners: number | null, totalEarnings: string, avgPlayDuration: string, avgEarningPerPlay: string, firstPlayed: string | null, lastPlayed: string | null, trendingScore: number, playsLast7Days: number, playsLast30Days: number } | null, artist: { artistAddress: string, artistName: string | null, totalSongs: number, totalPlays: number, uniqueListeners: number | null, totalEarnings: string, avgEarningPerPlay: string, lastPlayDate: string | null, playsLast30Days: number, playsLast7Days: number, lastRefreshed: string } | null }> };

export type ViewFreshnessQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewFreshnessQuery = { viewFreshness: Array<{ view: ViewName, lastRefreshed: string | null, generation: number, ageSeconds: number | null, hoursOld: number | null, stale: boolean, refreshDurationMs: number | null, rowsChanged: number | null, nextRefreshAt: string | null }> };

export type RefreshViewsMutationVariables = Exact<{
  views?: Array<ViewName> | ViewName | null | undefined;
}>;


export type RefreshViewsMutation = { refreshViews: { outcome: RefreshOutcome, generation: number, kind: RefreshKind | null, reason: string | null, asOf: string | null, durationMs: number | null, viewsRefreshed: number, views: Array<{ view: ViewName, asOf: string | null, durationMs: number | null, rowsChanged: number | null }>, phases: Array<{ name: string, durationMs: number }> } };

export const ArtistDocument = /* @__PURE__ */ new PublishedDocument<ArtistQuery, ArtistQueryVariables>(
  'Artist',
  'b99a25ec062efff664d581c497f0a7e01249207716bb6a350010cde47b0997b7',
  `query Artist(\$address: Address!) {
  artist(address: \$address) {
    ...ArtistNumbers
  }
}

fragment ArtistNumbers on Artist {
  artistAddress
  artistName
  totalSongs
  totalPlays
  uniqueListeners
  totalEarnings
  avgEarningPerPlay
  lastPlayDate
  playsLast30Days
  playsLast7Days
  lastRefreshed
}`,
);
export const ArtistsDocument = /* @__PURE__ */ new PublishedDocument<ArtistsQuery, ArtistsQueryVariables>(
  'Artists',
  '2926635079378c33ae19f490da6f8d1ab75e01f6803052744bb5c6c3f4a55f26',
  `query Artists(\$filter: ArtistFilter, \$orderBy: [ArtistOrder!], \$first: Int, \$after: String, \$last: Int, \$before: String) {
  artists(
    filter: \$filter
    orderBy: \$orderBy
    first: \$first
    after: \$after
    last: \$last
    before: \$before
  ) {
    nodes {
      ...ArtistNumbers
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}

fragment ArtistNumbers on Artist {
  artistAddress
  artistName
  totalSongs
  totalPlays
  uniqueListeners
  totalEarnings
  avgEarningPerPlay
  lastPlayDate
  playsLast30Days
  playsLast7Days
  lastRefreshed
}`,
);
export const SongsOfArtistDocument = /* @__PURE__ */ new PublishedDocument<SongsOfArtistQuery, SongsOfArtistQueryVariables>(
  'SongsOfArtist',
  '2a32c8838de708a2626895f87841c08642252439f142c16a7b4f08da77a0b355',
  `query SongsOfArtist(\$address: Address!, \$filter: SongFilter, \$orderBy: [SongOrder!], \$first: Int, \$after: String, \$last: Int, \$before: String) {
  artist(address: \$address) {
    songs(
      filter: \$filter
      orderBy: \$orderBy
      first: \$first
      after: \$after
      last: \$last
      before: \$before
    ) {
      nodes {
        ...SongNumbers
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      totalCount
    }
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const TopSongsOfArtistDocument = /* @__PURE__ */ new PublishedDocument<TopSongsOfArtistQuery, TopSongsOfArtistQueryVariables>(
  'TopSongsOfArtist',
  '80020ad18f92f66e01c9882b911fb0b220234a6f80a421cfbbd7034d8f82a526',
  `query TopSongsOfArtist(\$address: Address!, \$first: Int! = 10) {
  artist(address: \$address) {
    topSongs(first: \$first) {
      ...SongNumbers
    }
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const RecentPlaysOfArtistDocument = /* @__PURE__ */ new PublishedDocument<RecentPlaysOfArtistQuery, RecentPlaysOfArtistQueryVariables>(
  'RecentPlaysOfArtist',
  '3c30d657c4fc0638625a139d78cc43e4bec5f7d27153e6f3acaa54ca5e4eb847',
  `query RecentPlaysOfArtist(\$address: Address!, \$first: Int! = 20) {
  artist(address: \$address) {
    artistName
    recentPlays(first: \$first) {
      id
      songId
      playedAt
      duration
      amountPaid
      song {
        title
      }
    }
  }
}`,
);
export const ArtistStatementsDocument = /* @__PURE__ */ new PublishedDocument<ArtistStatementsQuery, ArtistStatementsQueryVariables>(
  'ArtistStatements',
  'ac090cb8d6ea51133223bd01b51a26261c8eb4d77c20341c55f754011ed5dc2b',
  `query ArtistStatements(\$address: Address!, \$first: Int, \$after: String, \$last: Int, \$before: String) {
  artist(address: \$address) {
    artistAddress
    totalPlays
    totalEarnings
    statements(first: \$first, after: \$after, last: \$last, before: \$before) {
      nodes {
        ...StatementAmounts
        byStrategy {
          strategy
          plays
          earnings
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      totalCount
    }
  }
}

fragment StatementAmounts on ArtistStatement {
  id
  month
  closedAt
  backfilled
  plays
  earnings
  totalPlays
  totalEarnings
}`,
);
export const OpenStatementDocument = /* @__PURE__ */ new PublishedDocument<OpenStatementQuery, OpenStatementQueryVariables>(
  'OpenStatement',
  '2ab028985f66bad9c5c06a6d51adb37ae3baa2b392ea89e884229e77182ada11',
  `query OpenStatement(\$address: Address!, \$first: Int, \$after: String) {
  artist(address: \$address) {
    artistAddress
    openStatement {
      ...StatementAmounts
      songs(first: \$first, after: \$after) {
        nodes {
          songId
          songTitle
          plays
          earnings
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      adjustments {
        month
        songId
        songTitle
        plays
        earnings
      }
    }
  }
}

fragment StatementAmounts on ArtistStatement {
  id
  month
  closedAt
  backfilled
  plays
  earnings
  totalPlays
  totalEarnings
}`,
);
export const StatementTotalsDocument = /* @__PURE__ */ new PublishedDocument<StatementTotalsQuery, StatementTotalsQueryVariables>(
  'StatementTotals',
  'a63d82a52c855d811364a88258faf4de3dbc85667daaab5300cef331af1cb034',
  `query StatementTotals(\$address: Address!, \$first: Int, \$after: String) {
  artist(address: \$address) {
    artistAddress
    totalPlays
    totalEarnings
    openStatement {
      ...StatementAmounts
      byStrategy {
        strategy
        plays
        earnings
      }
    }
    statements(first: \$first, after: \$after) {
      edges {
        cursor
        node {
          ...StatementAmounts
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

fragment StatementAmounts on ArtistStatement {
  id
  month
  closedAt
  backfilled
  plays
  earnings
  totalPlays
  totalEarnings
}`,
);
export const ClosedStatementDocument = /* @__PURE__ */ new PublishedDocument<ClosedStatementQuery, ClosedStatementQueryVariables>(
  'ClosedStatement',
  '0a618528ccc7957dabc73d23a63b0a9915aa67d665ef255f957818604b796c03',
  `query ClosedStatement(\$address: Address!, \$before: String, \$first: Int, \$after: String) {
  artist(address: \$address) {
    artistAddress
    statements(last: 1, before: \$before) {
      nodes {
        ...StatementAmounts
        byStrategy {
          strategy
          plays
          earnings
        }
        songs(first: \$first, after: \$after) {
          nodes {
            songId
            songTitle
            plays
            earnings
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        adjustments {
          month
          songId
          songTitle
          plays
          earnings
        }
      }
    }
  }
}

fragment StatementAmounts on ArtistStatement {
  id
  month
  closedAt
  backfilled
  plays
  earnings
  totalPlays
  totalEarnings
}`,
);
export const ChartEditionDocument = /* @__PURE__ */ new PublishedDocument<ChartEditionQuery, ChartEditionQueryVariables>(
  'ChartEdition',
  '803d6ca9cfe60e13511214cfe0e9145e287216ddccc30d03a18c4b44042ee061',
  `query ChartEdition(\$genre: String, \$at: DateTime, \$first: Int! = 100) {
  chartEdition(genre: \$genre, at: \$at) {
    ...EditionDates
    entries(first: \$first) {
      ...ClosedEntry
    }
  }
}

fragment EditionDates on ChartEdition {
  id
  number
  genre
  periodStart
  periodEnd
  closedAt
  backfilled
}

fragment ClosedEntry on ChartEditionEntry {
  rank
  plays
  uniqueListeners
  earnings
  songId
  songTitle
  artistAddress
  artistName
  previousRank
  lastRank
  peakRank
  editionsOnChart
  streak
  status
}`,
);
export const RevisedChartEditionDocument = /* @__PURE__ */ new PublishedDocument<RevisedChartEditionQuery, RevisedChartEditionQueryVariables>(
  'RevisedChartEdition',
  'ef7fb4d0abe77fb00e92205a750cf4d6e1518bc9809a8218eca3666e41af5b56',
  `query RevisedChartEdition(\$genre: String, \$at: DateTime, \$first: Int! = 100) {
  chartEdition(genre: \$genre, at: \$at) {
    ...EditionDates
    revisedUnavailable
    entries(first: \$first) {
      rank
      plays
      songId
      songTitle
      artistName
      revisedPlays
      revisedRank
    }
  }
}

fragment EditionDates on ChartEdition {
  id
  number
  genre
  periodStart
  periodEnd
  closedAt
  backfilled
}`,
);
export const ChartEditionsDocument = /* @__PURE__ */ new PublishedDocument<ChartEditionsQuery, ChartEditionsQueryVariables>(
  'ChartEditions',
  'd6510c5d406af49fd57c8b2ee36b5eb72edbd26ba2fcf61ae53ac99ae278e502',
  `query ChartEditions(\$genre: String, \$first: Int, \$after: String, \$last: Int, \$before: String) {
  chartEditions(
    genre: \$genre
    first: \$first
    after: \$after
    last: \$last
    before: \$before
  ) {
    nodes {
      ...EditionDates
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}

fragment EditionDates on ChartEdition {
  id
  number
  genre
  periodStart
  periodEnd
  closedAt
  backfilled
}`,
);
export const SongChartHistoryDocument = /* @__PURE__ */ new PublishedDocument<SongChartHistoryQuery, SongChartHistoryQueryVariables>(
  'SongChartHistory',
  '18cd2695872b130f65bf6d208a9180b3c98f36d4063db4183de3b3acf6bdc2a1',
  `query SongChartHistory(\$id: ID!, \$genre: String, \$first: Int! = 20) {
  song(id: \$id) {
    songId
    title
    chartHistory(genre: \$genre, first: \$first) {
      ...ClosedEntry
      edition {
        ...EditionDates
      }
    }
  }
}

fragment ClosedEntry on ChartEditionEntry {
  rank
  plays
  uniqueListeners
  earnings
  songId
  songTitle
  artistAddress
  artistName
  previousRank
  lastRank
  peakRank
  editionsOnChart
  streak
  status
}

fragment EditionDates on ChartEdition {
  id
  number
  genre
  periodStart
  periodEnd
  closedAt
  backfilled
}`,
);
export const TopSongsSinceLastEditionDocument = /* @__PURE__ */ new PublishedDocument<TopSongsSinceLastEditionQuery, TopSongsSinceLastEditionQueryVariables>(
  'TopSongsSinceLastEdition',
  'c42f3be39a1732564e9ab2070b53002a78818278d252991ba98ecfdb890aad61',
  `query TopSongsSinceLastEdition(\$first: Int! = 100) {
  topSongsThisWeek(first: \$first) {
    songId
    title
    artistAddress
    artistName
    plays
    rank
    previousRank
    peakRank
    editionsOnChart
    status
  }
}`,
);
export const GenresDocument = /* @__PURE__ */ new PublishedDocument<GenresQuery, GenresQueryVariables>(
  'Genres',
  '0e673004679bee3e2e0d42ba9924a158aa643a3c10a33e48a6d8402b3dcee6b0',
  `query Genres {
  genres {
    ...GenreNumbers
  }
}

fragment GenreNumbers on GenreStats {
  genre
  totalSongs
  totalArtists
  totalPlays
  totalEarnings
  avgEarningPerPlay
  uniqueListeners
  playsLast7d
  popularityRank
}`,
);
export const GenreDocument = /* @__PURE__ */ new PublishedDocument<GenreQuery, GenreQueryVariables>(
  'Genre',
  '89b6834787c2939819e426d310996f0d8d355fb078405778fbae9065856890fc',
  `query Genre(\$name: String!, \$first: Int! = 10) {
  genre(name: \$name) {
    ...GenreNumbers
    topSongs(first: \$first) {
      ...SongNumbers
      artist {
        artistName
      }
    }
  }
}

fragment GenreNumbers on GenreStats {
  genre
  totalSongs
  totalArtists
  totalPlays
  totalEarnings
  avgEarningPerPlay
  uniqueListeners
  playsLast7d
  popularityRank
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const ListenerDocument = /* @__PURE__ */ new PublishedDocument<ListenerQuery, ListenerQueryVariables>(
  'Listener',
  '98aad27f0bf6e68d79c6b1c1bc909737c3e7cefddb5b1ffc488c4fc3a2252ac7',
  `query Listener(\$address: Address!) {
  listener(address: \$address) {
    ...ListenerNumbers
  }
}

fragment ListenerNumbers on Listener {
  listenerAddress
  totalPlays
  uniqueSongsPlayed
  uniqueArtists
  totalSpent
  avgSpentPerPlay
  firstActive
  lastActive
  favoriteGenre
  favoriteStrategy
  playsLast7d
  playsLast30d
}`,
);
export const ListenersDocument = /* @__PURE__ */ new PublishedDocument<ListenersQuery, ListenersQueryVariables>(
  'Listeners',
  '8c02e3b83a25ca6728ccf453c864e1203b6b23c6342e883ba515b52943c18419',
  `query Listeners(\$filter: ListenerFilter, \$orderBy: [ListenerOrder!], \$first: Int, \$after: String, \$last: Int, \$before: String) {
  listeners(
    filter: \$filter
    orderBy: \$orderBy
    first: \$first
    after: \$after
    last: \$last
    before: \$before
  ) {
    nodes {
      ...ListenerNumbers
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}

fragment ListenerNumbers on Listener {
  listenerAddress
  totalPlays
  uniqueSongsPlayed
  uniqueArtists
  totalSpent
  avgSpentPerPlay
  firstActive
  lastActive
  favoriteGenre
  favoriteStrategy
  playsLast7d
  playsLast30d
}`,
);
export const RecentPlaysOfListenerDocument = /* @__PURE__ */ new PublishedDocument<RecentPlaysOfListenerQuery, RecentPlaysOfListenerQueryVariables>(
  'RecentPlaysOfListener',
  '1fa44f563113dc558b69dd202c0ef550b341a985230c2a9e92e4b641eeec20c8',
  `query RecentPlaysOfListener(\$address: Address!, \$first: Int! = 20) {
  listener(address: \$address) {
    recentPlays(first: \$first) {
      id
      songId
      playedAt
      duration
      amountPaid
      song {
        title
      }
    }
  }
}`,
);
export const FavoriteArtistsDocument = /* @__PURE__ */ new PublishedDocument<FavoriteArtistsQuery, FavoriteArtistsQueryVariables>(
  'FavoriteArtists',
  'f6f36250e262aa3786f4afeb778ab121445eca702d58867e41c89ef651840ce5',
  `query FavoriteArtists(\$address: Address!, \$first: Int! = 10) {
  listener(address: \$address) {
    favoriteArtists(first: \$first) {
      artistAddress
      artistName
      plays
      totalSpent
    }
  }
}`,
);
export const QueryHealthDocument = /* @__PURE__ */ new PublishedDocument<QueryHealthQuery, QueryHealthQueryVariables>(
  'QueryHealth',
  '26501650a593e8960f6392eaea6ddb7d5999d0fc5837fa116c7d80079ecad172',
  `query QueryHealth(\$windowMs: Int = 60000, \$limit: Int = 20) {
  monitoring {
    observedAt
    queryStats(windowMs: \$windowMs) {
      windowMs
      since
      totalQueries
      avgDurationMs
      minDurationMs
      maxDurationMs
      p50DurationMs
      p95DurationMs
      p99DurationMs
      errorCount
      errorRate
      slowQueryCount
      byName {
        name
        totalQueries
        avgDurationMs
        minDurationMs
        maxDurationMs
        p50DurationMs
        p95DurationMs
        p99DurationMs
        errorCount
        errorRate
        slowQueryCount
      }
    }
    slowQueries(limit: \$limit) {
      occurredAt
      name
      durationMs
      thresholdMs
      rows
    }
    queryErrors(limit: \$limit) {
      occurredAt
      name
      durationMs
      code
      sqlState
    }
  }
}`,
);
export const GatewayHealthDocument = /* @__PURE__ */ new PublishedDocument<GatewayHealthQuery, GatewayHealthQueryVariables>(
  'GatewayHealth',
  'abdfa8975166aa9addeccac6607aa0ed44249edaba404479b4e583078b981fe2',
  `query GatewayHealth(\$limit: Int = 20) {
  monitoring {
    pool {
      total
      idle
      active
      waiting
      utilization
      max
    }
    cache {
      hits
      misses
      revalidated
      stale
      evictions
      entries
      hitRatio
      bytes
    }
    viewFreshness {
      view
      lastRefreshed
      ageSeconds
      stale
      nextRefreshAt
    }
    thresholds {
      slowQueryMs
      connectionPoolWarning
      viewStalenessHours
    }
    alerts(limit: \$limit) {
      kind
      subject
      message
      raisedAt
      lastSeenAt
      count
      recovered
      recoveredAt
    }
  }
}`,
);
export const RefreshHistoryDocument = /* @__PURE__ */ new PublishedDocument<RefreshHistoryQuery, RefreshHistoryQueryVariables>(
  'RefreshHistory',
  'fa2008fd445b997aff2f35efd963c23d2af0df3f45c754d2de7aeceab5e29f76',
  `query RefreshHistory(\$limit: Int = 20) {
  monitoring {
    refreshes(limit: \$limit) {
      generation
      trigger
      kind
      reason
      asOf
      startedAt
      finishedAt
      durationMs
      rowsChanged
      views {
        view
        durationMs
        rowsChanged
      }
      error
    }
  }
}`,
);
export const SetThresholdsDocument = /* @__PURE__ */ new PublishedDocument<SetThresholdsMutation, SetThresholdsMutationVariables>(
  'SetThresholds',
  '0d567a239320e67eafa73789912c512fc958f9614ceeb7a5a37c67a395411def',
  `mutation SetThresholds(\$slowQueryMs: Int, \$connectionPoolWarning: Int, \$viewStalenessHours: Float) {
  setThresholds(
    slowQueryMs: \$slowQueryMs
    connectionPoolWarning: \$connectionPoolWarning
    viewStalenessHours: \$viewStalenessHours
  ) {
    slowQueryMs
    connectionPoolWarning
    viewStalenessHours
  }
}`,
);
export const ClearQueryMetricsDocument = /* @__PURE__ */ new PublishedDocument<ClearQueryMetricsMutation, ClearQueryMetricsMutationVariables>(
  'ClearQueryMetrics',
  '9b9d726b5cca38a10858963233b88e6599833ed56d51172588cf48ae32e31755',
  `mutation ClearQueryMetrics {
  clearQueryMetrics
}`,
);
export const ExplainDocument = /* @__PURE__ */ new PublishedDocument<ExplainQuery, ExplainQueryVariables>(
  'Explain',
  '5c48a12da47cc06ae5a15609a1d703fff757d6ad01ee7302c1e5431457e4e8eb',
  `query Explain(\$query: String!, \$variables: JSON, \$analyze: Boolean) {
  monitoring {
    explain(query: \$query, variables: \$variables, analyze: \$analyze) {
      name
      sql
      plan
      planJson
      totalCost
      executionTimeMs
      rows
      estimatedRows
      buffers {
        sharedHit
        sharedRead
        sharedDirtied
        sharedWritten
        tempRead
        tempWritten
      }
      indexSuggestions {
        ddl
        reason
        verified
        needs
        costBefore
        costAfter
        estimatedBytes
        upkeep
      }
    }
  }
}`,
);
export const IndexAdviceDocument = /* @__PURE__ */ new PublishedDocument<IndexAdviceQuery, IndexAdviceQueryVariables>(
  'IndexAdvice',
  'b7f4f62300f1ba01d54c6fbbe24376c1bf0d04fa7e7fa46ac795d87b069ab034',
  `query IndexAdvice(\$limit: Int = 10) {
  monitoring {
    indexAdvice(limit: \$limit) {
      available
      needs
      examined
      skipped
      suggestions {
        savedMs
        index {
          ddl
          table
          columns
          reason
          verified
          needs
          costBefore
          costAfter
          estimatedBytes
          upkeep
        }
        statements {
          name
          sql
          calls
          totalDurationMs
          costBefore
          costAfter
        }
      }
    }
  }
}`,
);
export const PlatformStatsDocument = /* @__PURE__ */ new PublishedDocument<PlatformStatsQuery, PlatformStatsQueryVariables>(
  'PlatformStats',
  '862650520c1b078078e7fb0d0e0191b65f622025383860dfa2f747fe6249ee01',
  `query PlatformStats {
  platformStats {
    totalArtists
    totalSongs
    totalPlays
    totalListeners
    totalVolume
    avgPayment
    songsPayPerStream
    songsGiftEconomy
    songsPatronage
    songsAuction
    playsLast24h
    playsLast7d
    playsLast30d
    newSongsLast7d
    newSongsLast30d
  }
}`,
);
export const PlatformSeriesDocument = /* @__PURE__ */ new PublishedDocument<PlatformSeriesQuery, PlatformSeriesQueryVariables>(
  'PlatformSeries',
  '5b35226c6230bb87863141b683d7ea10dc0909e1d679bbf5a8b74c5d1c22fdbe',
  `query PlatformSeries(\$granularity: Granularity, \$last: Int, \$from: DateTime, \$to: DateTime, \$timeZone: TimeZone, \$compareTo: CompareTo) {
  platformStats {
    series(
      granularity: \$granularity
      last: \$last
      from: \$from
      to: \$to
      timeZone: \$timeZone
      compareTo: \$compareTo
    ) {
      ...SeriesBuckets
      previous {
        ...SeriesBuckets
      }
      previousToDate {
        plays
        earnings
        listenedSeconds
      }
    }
  }
}

fragment SeriesBuckets on Series {
  from
  to
  granularity
  timeZone
  buckets {
    start
    end
    isPartial
    plays
    earnings
    listenedSeconds
  }
  totals {
    plays
    earnings
    listenedSeconds
  }
}`,
);
export const ActiveListenersDocument = /* @__PURE__ */ new PublishedDocument<ActiveListenersQuery, ActiveListenersQueryVariables>(
  'ActiveListeners',
  'cb6df0a5249d6efdfc8cad1ea6ae58ca4612695e0d69eb21b0f1559917379d03',
  `query ActiveListeners(\$granularity: ActiveListenersGranularity, \$last: Int) {
  platformStats {
    activeListeners(granularity: \$granularity, last: \$last) {
      granularity
      listenersSuppressed
      buckets {
        start
        end
        isPartial
        listeners
      }
    }
  }
}`,
);
export const GenreSeriesDocument = /* @__PURE__ */ new PublishedDocument<GenreSeriesQuery, GenreSeriesQueryVariables>(
  'GenreSeries',
  '66fc99691af11fe1a86810ed25091b875c72b2f8a0e6be044b204bfbad21e71d',
  `query GenreSeries(\$name: String!, \$granularity: Granularity, \$last: Int, \$from: DateTime, \$to: DateTime, \$timeZone: TimeZone, \$compareTo: CompareTo) {
  genre(name: \$name) {
    genre
    series(
      granularity: \$granularity
      last: \$last
      from: \$from
      to: \$to
      timeZone: \$timeZone
      compareTo: \$compareTo
    ) {
      ...SeriesBuckets
      previous {
        ...SeriesBuckets
      }
      previousToDate {
        plays
        earnings
        listenedSeconds
      }
    }
  }
}

fragment SeriesBuckets on Series {
  from
  to
  granularity
  timeZone
  buckets {
    start
    end
    isPartial
    plays
    earnings
    listenedSeconds
  }
  totals {
    plays
    earnings
    listenedSeconds
  }
}`,
);
export const ArtistSeriesDocument = /* @__PURE__ */ new PublishedDocument<ArtistSeriesQuery, ArtistSeriesQueryVariables>(
  'ArtistSeries',
  'c029f158726c9f5a5308d349185b9eeaf5035f210ba2d35c00b8a4d2bcd07be3',
  `query ArtistSeries(\$address: Address!, \$granularity: Granularity, \$last: Int, \$from: DateTime, \$to: DateTime, \$timeZone: TimeZone, \$compareTo: CompareTo) {
  artist(address: \$address) {
    artistAddress
    series(
      granularity: \$granularity
      last: \$last
      from: \$from
      to: \$to
      timeZone: \$timeZone
      compareTo: \$compareTo
    ) {
      ...SeriesBuckets
      previous {
        ...SeriesBuckets
      }
      previousToDate {
        plays
        earnings
        listenedSeconds
      }
    }
  }
}

fragment SeriesBuckets on Series {
  from
  to
  granularity
  timeZone
  buckets {
    start
    end
    isPartial
    plays
    earnings
    listenedSeconds
  }
  totals {
    plays
    earnings
    listenedSeconds
  }
}`,
);
export const SongSeriesDocument = /* @__PURE__ */ new PublishedDocument<SongSeriesQuery, SongSeriesQueryVariables>(
  'SongSeries',
  'd22a6273b9bed78b346f345d64a74759e26fc7876c7b684db1ba4e53455b358d',
  `query SongSeries(\$id: ID!, \$granularity: Granularity, \$last: Int, \$from: DateTime, \$to: DateTime, \$timeZone: TimeZone, \$compareTo: CompareTo) {
  song(id: \$id) {
    songId
    series(
      granularity: \$granularity
      last: \$last
      from: \$from
      to: \$to
      timeZone: \$timeZone
      compareTo: \$compareTo
    ) {
      ...SeriesBuckets
      previous {
        ...SeriesBuckets
      }
      previousToDate {
        plays
        earnings
        listenedSeconds
      }
    }
  }
}

fragment SeriesBuckets on Series {
  from
  to
  granularity
  timeZone
  buckets {
    start
    end
    isPartial
    plays
    earnings
    listenedSeconds
  }
  totals {
    plays
    earnings
    listenedSeconds
  }
}`,
);
export const ListenerSeriesDocument = /* @__PURE__ */ new PublishedDocument<ListenerSeriesQuery, ListenerSeriesQueryVariables>(
  'ListenerSeries',
  '5b92117d2ee7f32dc1a1b9cbc1d585cef54742dee9a401f50729ecb5f26bafc0',
  `query ListenerSeries(\$address: Address!, \$granularity: Granularity, \$last: Int, \$from: DateTime, \$to: DateTime, \$timeZone: TimeZone, \$compareTo: CompareTo) {
  listener(address: \$address) {
    listenerAddress
    series(
      granularity: \$granularity
      last: \$last
      from: \$from
      to: \$to
      timeZone: \$timeZone
      compareTo: \$compareTo
    ) {
      ...SeriesBuckets
      previous {
        ...SeriesBuckets
      }
      previousToDate {
        plays
        earnings
        listenedSeconds
      }
    }
  }
}

fragment SeriesBuckets on Series {
  from
  to
  granularity
  timeZone
  buckets {
    start
    end
    isPartial
    plays
    earnings
    listenedSeconds
  }
  totals {
    plays
    earnings
    listenedSeconds
  }
}`,
);
export const SongDocument = /* @__PURE__ */ new PublishedDocument<SongQuery, SongQueryVariables>(
  'Song',
  '569e639c7d3e4e8b6f944115ca639e85d100a2801130e26744f92d7f03b9204c',
  `query Song(\$id: ID!) {
  song(id: \$id) {
    ...SongNumbers
    artist {
      ...ArtistNumbers
    }
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}

fragment ArtistNumbers on Artist {
  artistAddress
  artistName
  totalSongs
  totalPlays
  uniqueListeners
  totalEarnings
  avgEarningPerPlay
  lastPlayDate
  playsLast30Days
  playsLast7Days
  lastRefreshed
}`,
);
export const SongsDocument = /* @__PURE__ */ new PublishedDocument<SongsQuery, SongsQueryVariables>(
  'Songs',
  '00af2f6af7f10d6a3ca85e9f11337d179a412636926cbf9a4a8a4cc550472bfe',
  `query Songs(\$filter: SongFilter, \$orderBy: [SongOrder!], \$first: Int, \$after: String, \$last: Int, \$before: String) {
  songs(
    filter: \$filter
    orderBy: \$orderBy
    first: \$first
    after: \$after
    last: \$last
    before: \$before
  ) {
    nodes {
      ...SongNumbers
      artist {
        artistName
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
    totalCount
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const TrendingSongsDocument = /* @__PURE__ */ new PublishedDocument<TrendingSongsQuery, TrendingSongsQueryVariables>(
  'TrendingSongs',
  '4f61d2a94a9f392c3106cd39ce6e52f8fda7dc4e7204076c0896d1eb48a18cbf',
  `query TrendingSongs(\$first: Int! = 20, \$genre: String) {
  trendingSongs(first: \$first, genre: \$genre) {
    ...SongNumbers
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const PopularSongsDocument = /* @__PURE__ */ new PublishedDocument<PopularSongsQuery, PopularSongsQueryVariables>(
  'PopularSongs',
  '892784e7e34fb9ef8b4e3aed7d65dfee6c9ebdc946e6482e8562e0b463624d44',
  `query PopularSongs(\$first: Int! = 20, \$strategy: Strategy) {
  popularSongs(first: \$first, strategy: \$strategy) {
    ...SongNumbers
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const SearchSongsDocument = /* @__PURE__ */ new PublishedDocument<SearchSongsQuery, SearchSongsQueryVariables>(
  'SearchSongs',
  '1468f3b129b37854047a65747401991f19fa85bb460d3fe48cf69c707b31305b',
  `query SearchSongs(\$query: String!, \$first: Int! = 20) {
  searchSongs(query: \$query, first: \$first) {
    ...SongNumbers
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}`,
);
export const TopSongsThisWeekDocument = /* @__PURE__ */ new PublishedDocument<TopSongsThisWeekQuery, TopSongsThisWeekQueryVariables>(
  'TopSongsThisWeek',
  '783497970d7ba2a71089040f280a2dfeaf1a8dad8d0340cce6c1470ca77b1ebb',
  `query TopSongsThisWeek(\$first: Int! = 100) {
  topSongsThisWeek(first: \$first) {
    songId
    title
    artistAddress
    artistName
    genre
    plays
    rank
    song {
      ...SongNumbers
    }
    artist {
      ...ArtistNumbers
    }
  }
}

fragment SongNumbers on Song {
  songId
  title
  artistAddress
  genre
  strategy
  playCount
  uniqueListeners
  totalEarnings
  avgPlayDuration
  avgEarningPerPlay
  firstPlayed
  lastPlayed
  trendingScore
  playsLast7Days
  playsLast30Days
}

fragment ArtistNumbers on Artist {
  artistAddress
  artistName
  totalSongs
  totalPlays
  uniqueListeners
  totalEarnings
  avgEarningPerPlay
  lastPlayDate
  playsLast30Days
  playsLast7Days
  lastRefreshed
}`,
);
export const ViewFreshnessDocument = /* @__PURE__ */ new PublishedDocument<ViewFreshnessQuery, ViewFreshnessQueryVariables>(
  'ViewFreshness',
  '02f68781aae5c547638236f5f1ab4a7bf7c79a76436591f62e1c4be5e3deb3d3',
  `query ViewFreshness {
  viewFreshness {
    view
    lastRefreshed
    generation
    ageSeconds
    hoursOld
    stale
    refreshDurationMs
    rowsChanged
    nextRefreshAt
  }
}`,
);
export const RefreshViewsDocument = /* @__PURE__ */ new PublishedDocument<RefreshViewsMutation, RefreshViewsMutationVariables>(
  'RefreshViews',
  'e4d3a55a393f7a29a3b0cf39d4a7ed14a17681986e9e60060680fd5286537f55',
  `mutation RefreshViews(\$views: [ViewName!]) {
  refreshViews(views: \$views) {
    outcome
    generation
    kind
    reason
    asOf
    durationMs
    views {
      view
      asOf
      durationMs
      rowsChanged
    }
    phases {
      name
      durationMs
    }
    viewsRefreshed
  }
}`,
);
