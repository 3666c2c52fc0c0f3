/** The indexes that the migrations make beside keys, and why: they may lie unused until a client asks for their order. */
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
 * What the refresh and the gateway look plays and songs up by. On an adopted table an index of the user's own that
 * begins with the same columns takes the place of ours, so they are known by their columns.
 */
export const lookupColumns: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  { table: 'plays', columns: ['played_at'] },
  { table: 'plays', columns: ['song_id', 'played_at'] },
  { table: 'plays', columns: ['listener_address', 'played_at'] },
  { table: 'plays', columns: ['analytics_writer'] },
  { table: 'songs', columns: ['artist_address'] },
];

/** The schema of the engine's own tables; all of their indexes are its own. */
export const engineSchema = 'analytics';
