create or replace function analytics.list_views() returns text[] language sql immutable as $$
  select array['mv_artist_analytics', 'mv_song_analytics', 'mv_platform_stats', 'mv_top_songs_week', 'mv_listener_activity', 'mv_genre_stats']
$$;

comment on function analytics.list_views() is 'The names of the six views, in the order in which they are published.';
