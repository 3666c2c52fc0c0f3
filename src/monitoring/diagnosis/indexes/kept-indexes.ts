/** Indexes of the migrations beside the keys. They may be unused until a client sorts by their columns. */
export const viewOrderIndexes: readonly string[] = [
  'mv_artist_analytics_artist_name_idx',
  'mv_artist_analytics_plays_last_7_days_idx',
  'mv_artist_analytics_total_earnings_idx',
  'mv_artist_analytics_total_plays_idx',
  'mv_listener_activity_last_active_idx',
  'mv_listener_activity_total_plays_idx',
  'mv_listener_activity_total_spent_idx',
  'mv_song_analytics_artist_address_idx',
  'mv_song_analytics_genre_idx',
  'mv_song_analytics_play_count_idx',
  'mv_song_analytics_trending_score_idx',
];

/**
 * Leading columns by which the refresh and the gateway look up plays and songs. Identified by columns because an
 * adopted table may have the user's own index in place of ours.
 */
export const lookupColumns: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  { table: 'plays', columns: ['played_at'] },
  { table: 'plays', columns: ['song_id', 'played_at'] },
  { table: 'plays', columns: ['listener_address', 'played_at'] },
  { table: 'plays', columns: ['analytics_writer'] },
  { table: 'songs', columns: ['artist_address'] },
];

/** The engine's schema; all indexes in it belong to the engine. */
export const engineSchema = 'analytics';
