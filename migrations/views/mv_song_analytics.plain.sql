-- mv_song_analytics at the instant :as_of, in plain terms of the three tables. `verify` and the tests compare the view with it.
select
  s.song_id::text as song_id,
  s.title::text as title,
  s.artist_address::text as artist_address,
  s.genre::text as genre,
  s.strategy::text as strategy,
  count(p.song_id) as play_count,
  count(distinct p.listener_address) as unique_listeners,
  coalesce(sum(p.amount_paid), 0) as total_earnings,
  coalesce(avg(p.duration), 0) as avg_play_duration,
  coalesce(avg(p.amount_paid), 0) as avg_earning_per_play,
  min(p.played_at) as first_played,
  max(p.played_at) as last_played,
  coalesce(sum(case
    when p.played_at >= :as_of - interval '24 hours' then 10
    when p.played_at >= :as_of - interval '168 hours' then 5
    when p.played_at >= :as_of - interval '720 hours' then 1
    else 0
  end), 0) as trending_score,
  count(*) filter (where p.played_at >= :as_of - interval '168 hours') as plays_last_7_days,
  count(*) filter (where p.played_at >= :as_of - interval '720 hours') as plays_last_30_days
from songs s
left join plays p on p.song_id = s.song_id
group by s.song_id, s.title, s.artist_address, s.genre, s.strategy
