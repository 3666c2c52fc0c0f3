-- mv_listener_activity at the instant :as_of, in plain terms of the three tables. `verify` and the tests compare the view with it.
select
  p.listener_address::text as listener_address,
  count(*) as total_plays,
  count(distinct p.song_id) as unique_songs_played,
  count(distinct s.artist_address) as unique_artists,
  coalesce(sum(p.amount_paid), 0) as total_spent,
  coalesce(avg(p.amount_paid), 0) as avg_spent_per_play,
  min(p.played_at) as first_active,
  max(p.played_at) as last_active,
  -- Of the most frequent values, mode() takes the first in the order given.
  mode() within group (order by s.genre::text collate "C") as favorite_genre,
  mode() within group (order by s.strategy::text collate "C") as favorite_strategy,
  count(*) filter (where p.played_at >= :as_of - interval '168 hours') as plays_last_7d,
  count(*) filter (where p.played_at >= :as_of - interval '720 hours') as plays_last_30d
from plays p
left join songs s on s.song_id = p.song_id
group by p.listener_address
