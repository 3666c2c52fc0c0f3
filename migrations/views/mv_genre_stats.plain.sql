-- mv_genre_stats at the instant :as_of, in plain terms of the three tables. `verify` and the tests compare the view with it.
select
  s.genre::text as genre,
  count(distinct s.song_id) as total_songs,
  count(distinct s.artist_address) as total_artists,
  count(p.song_id) as total_plays,
  coalesce(sum(p.amount_paid), 0) as total_earnings,
  coalesce(avg(p.amount_paid), 0) as avg_earning_per_play,
  count(distinct p.listener_address) as unique_listeners,
  count(*) filter (where p.played_at >= :as_of - interval '168 hours') as plays_last_7d,
  rank() over (order by count(p.song_id) desc) as popularity_rank
from songs s
left join plays p on p.song_id = s.song_id
where s.genre is not null
group by s.genre
