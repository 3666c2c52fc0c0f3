-- Every address that has a play. Materialized views know no row security: what an address spends is guarded by the
-- gateway, so nobody is granted anything here.

create materialized view mv_listener_activity as
select
  listener_address,
  plays as total_plays,
  songs as unique_songs_played,
  artists as unique_artists,
  amount as total_spent,
  average_amount as avg_spent_per_play,
  first_played as first_active,
  last_played as last_active,
  favorite_name as favorite_genre,
  favorite_strategy,
  plays_7d as plays_last_7d,
  plays_30d as plays_last_30d
from analytics.listener
-- REFRESH ... CONCURRENTLY sorts all rows twice, byte by byte, to look for doubles; rows in that order cost it half.
order by listener_address collate "C"
with no data;

create unique index mv_listener_activity_key on mv_listener_activity (listener_address);
create index mv_listener_activity_total_plays_idx on mv_listener_activity (total_plays desc, listener_address);
create index mv_listener_activity_total_spent_idx on mv_listener_activity (total_spent desc, listener_address);
create index mv_listener_activity_last_active_idx on mv_listener_activity (last_active desc, listener_address);
