-- Every song. The score is 10 for a play in the last day, 5 in the last 7 days, 1 in the last 30 days; as each window
-- holds the shorter ones, that is 5, 4 and 1 times their counts.

create materialized view mv_song_analytics as
select
  song_id,
  title,
  artist_address,
  genre_name as genre,
  strategy,
  plays as play_count,
  listeners as unique_listeners,
  amount as total_earnings,
  average_duration as avg_play_duration,
  average_amount as avg_earning_per_play,
  first_played,
  last_played,
  5 * plays_1d + 4 * plays_7d + plays_30d as trending_score,
  plays_7d as plays_last_7_days,
  plays_30d as plays_last_30_days
from analytics.song
where present
-- REFRESH ... CONCURRENTLY sorts all rows twice, byte by byte, to look for doubles; rows in that order cost it half.
order by song_id collate "C"
with no data;

-- Each index is written again for every changed song, so there are only those that a published list pages by.
create unique index mv_song_analytics_key on mv_song_analytics (song_id);
create index mv_song_analytics_trending_score_idx on mv_song_analytics (trending_score desc, song_id);
create index mv_song_analytics_play_count_idx on mv_song_analytics (play_count desc, song_id);
create index mv_song_analytics_genre_idx on mv_song_analytics (genre, trending_score desc, song_id);
create index mv_song_analytics_artist_address_idx on mv_song_analytics (artist_address, play_count desc, song_id);
