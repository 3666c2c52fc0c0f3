/** What a column holds; it decides how a value is compared, ordered and checked. */
export type ColumnType = 'text' | 'count' | 'decimal' | 'instant';

export interface Column {
  /** The name in the view. */
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** One of the six materialized views: its columns under the names that GraphQL gives them. */
export interface View<Field extends string = string> {
  readonly name: ViewName;
  /** The fields whose values tell rows apart; empty for the view of one row. */
  readonly key: readonly Field[];
  readonly columns: Readonly<Record<Field, Column>>;
}

export const viewNames = [
  'mv_artist_analytics',
  'mv_song_analytics',
  'mv_platform_stats',
  'mv_top_songs_week',
  'mv_listener_activity',
  'mv_genre_stats',
] as const;
export type ViewName = (typeof viewNames)[number];

const column = (name: string, type: ColumnType, nullable = false): Column =>
  Object.freeze({ name, type, nullable });
const text = (name: string) => column(name, 'text');
const count = (name: string) => column(name, 'count');
const decimal = (name: string) => column(name, 'decimal');
const instant = (name: string) => column(name, 'instant');
const optional = ({ name, type }: Column) => column(name, type, true);

function view<Field extends string>(
  name: ViewName,
  key: readonly NoInfer<Field>[],
  columns: Record<Field, Column>,
): View<Field> {
  return Object.freeze({ name, key, columns: Object.freeze(columns) });
}

export const artistAnalytics = view('mv_artist_analytics', ['artistAddress'], {
  artistAddress: text('artist_address'),
  artistName: optional(text('artist_name')),
  totalSongs: count('total_songs'),
  totalPlays: count('total_plays'),
  uniqueListeners: count('unique_listeners'),
  totalEarnings: decimal('total_earnings'),
  avgEarningPerPlay: decimal('avg_earning_per_play'),
  lastPlayDate: optional(instant('last_play_date')),
  playsLast30Days: count('plays_last_30_days'),
  playsLast7Days: count('plays_last_7_days'),
  lastRefreshed: instant('last_refreshed'),
});

export const songAnalytics = view('mv_song_analytics', ['songId'], {
  songId: text('song_id'),
  title: optional(text('title')),
  artistAddress: optional(text('artist_address')),
  genre: optional(text('genre')),
  strategy: optional(text('strategy')),
  playCount: count('play_count'),
  uniqueListeners: count('unique_listeners'),
  totalEarnings: decimal('total_earnings'),
  avgPlayDuration: decimal('avg_play_duration'),
  avgEarningPerPlay: decimal('avg_earning_per_play'),
  firstPlayed: optional(instant('first_played')),
  lastPlayed: optional(instant('last_played')),
  trendingScore: count('trending_score'),
  playsLast7Days: count('plays_last_7_days'),
  playsLast30Days: count('plays_last_30_days'),
});

export const platformStats = view('mv_platform_stats', [], {
  totalArtists: count('total_artists'),
  totalSongs: count('total_songs'),
  totalPlays: count('total_plays'),
  totalListeners: count('total_listeners'),
  totalVolume: decimal('total_volume'),
  avgPayment: decimal('avg_payment'),
  songsPayPerStream: count('songs_pay_per_stream'),
  songsGiftEconomy: count('songs_gift_economy'),
  songsPatronage: count('songs_patronage'),
  songsAuction: count('songs_auction'),
  playsLast24h: count('plays_last_24h'),
  playsLast7d: count('plays_last_7d'),
  playsLast30d: count('plays_last_30d'),
  newSongsLast7d: count('new_songs_last_7d'),
  newSongsLast30d: count('new_songs_last_30d'),
});

export const topSongsWeek = view('mv_top_songs_week', ['songId'], {
  songId: text('song_id'),
  title: optional(text('title')),
  artistAddress: optional(text('artist_address')),
  artistName: optional(text('artist_name')),
  genre: optional(text('genre')),
  plays: count('plays'),
  rank: count('rank'),
});

export const listenerActivity = view('mv_listener_activity', ['listenerAddress'], {
  listenerAddress: text('listener_address'),
  totalPlays: count('total_plays'),
  uniqueSongsPlayed: count('unique_songs_played'),
  uniqueArtists: count('unique_artists'),
  totalSpent: decimal('total_spent'),
  avgSpentPerPlay: decimal('avg_spent_per_play'),
  firstActive: optional(instant('first_active')),
  lastActive: optional(instant('last_active')),
  favoriteGenre: optional(text('favorite_genre')),
  favoriteStrategy: optional(text('favorite_strategy')),
  playsLast7d: count('plays_last_7d'),
  playsLast30d: count('plays_last_30d'),
});

export const genreStats = view('mv_genre_stats', ['genre'], {
  genre: text('genre'),
  totalSongs: count('total_songs'),
  totalArtists: count('total_artists'),
  totalPlays: count('total_plays'),
  totalEarnings: decimal('total_earnings'),
  avgEarningPerPlay: decimal('avg_earning_per_play'),
  uniqueListeners: count('unique_listeners'),
  playsLast7d: count('plays_last_7d'),
  popularityRank: count('popularity_rank'),
});
