-- The whole platform in one row.

create materialized view mv_platform_stats as
select
  artists.total_artists,
  songs.total_songs,
  songs.total_plays,
  listeners.total_listeners,
  songs.total_volume,
  case when songs.total_plays > 0 then songs.total_volume / songs.total_plays else 0 end as avg_payment,
  songs.songs_pay_per_stream,
  songs.songs_gift_economy,
  songs.songs_patronage,
  songs.songs_auction,
  songs.plays_last_24h,
  songs.plays_last_7d,
  songs.plays_last_30d,
  songs.new_songs_last_7d,
  songs.new_songs_last_30d
from (
  select
    count(*) filter (where present) as total_songs,
    coalesce(sum(plays), 0)::bigint as total_plays,
    coalesce(sum(amount), 0) as total_volume,
    count(*) filter (where present and strategy = 'pay-per-stream') as songs_pay_per_stream,
    count(*) filter (where present and strategy = 'gift-economy') as songs_gift_economy,
    count(*) filter (where present and strategy = 'patronage') as songs_patronage,
    count(*) filter (where present and strategy = 'auction') as songs_auction,
    coalesce(sum(plays_1d), 0)::bigint as plays_last_24h,
    coalesce(sum(plays_7d), 0)::bigint as plays_last_7d,
    coalesce(sum(plays_30d), 0)::bigint as plays_last_30d,
    count(*) filter (where present and created_at >= engine.as_of - interval '168 hours') as new_songs_last_7d,
    count(*) filter (where present and created_at >= engine.as_of - interval '720 hours') as new_songs_last_30d
  from analytics.engine
  left join analytics.song on true
) songs
cross join (select count(*) as total_artists from analytics.artist where present) artists
cross join (select count(*) as total_listeners from analytics.listener) listeners
with no data;

-- There is one row; what is indexed does not matter, but publishing without a lock on readers needs a unique index.
create unique index mv_platform_stats_key on mv_platform_stats (total_artists);
