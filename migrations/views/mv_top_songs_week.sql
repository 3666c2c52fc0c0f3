-- The hundred songs played most in the last seven days. Ranks are shared by equals; who is cut off among equals is
-- decided by the song's id.

create materialized view mv_top_songs_week as
select
  top.song_id,
  top.title,
  top.artist_address,
  artist.name as artist_name,
  top.genre_name as genre,
  top.plays_7d as plays,
  rank() over (order by top.plays_7d desc) as rank
from (
  select song_id, title, artist, artist_address, genre_name, plays_7d
  from analytics.song
  where present and plays_7d > 0
  order by plays_7d desc, song_id
  limit 100
) top
left join analytics.artist on artist.artist = top.artist and artist.present
with no data;

create unique index mv_top_songs_week_key on mv_top_songs_week (song_id);
