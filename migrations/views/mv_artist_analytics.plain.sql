-- mv_artist_analytics at the instant :as_of, in plain terms of the three tables. `verify` and the tests compare the view with it.
select
  a.artist_address::text as artist_address,
  a.name::text as artist_name,
  (select count(*) from songs s where s.artist_address = a.artist_address) as total_songs,
  count(p.song_id) as total_plays,
  count(distinct p.listener_address) as unique_listeners,
  coalesce(sum(p.amount_paid), 0) as total_earnings,
  coalesce(avg(p.amount_paid), 0) as avg_earning_per_play,
  max(p.played_at) as last_play_date,
  count(*) filter (where p.played_at >= :as_of - interval '720 hours') as plays_last_30_days,
  count(*) filter (where p.played_at >= :as_of - interval '168 hours') as plays_last_7_days,
  :published_as_of as last_refreshed
from artists a
left join songs s on s.artist_address = a.artist_address
left join plays p on p.song_id = s.song_id
group by a.artist_address, a.name
