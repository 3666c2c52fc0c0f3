-- mv_platform_stats at the instant :as_of, in plain terms of the three tables. `verify` and the tests compare the view with it.
select
  (select count(*) from artists) as total_artists,
  (select count(*) from songs) as total_songs,
  count(*) as total_plays,
  count(distinct listener_address) as total_listeners,
  coalesce(sum(amount_paid), 0) as total_volume,
  coalesce(avg(amount_paid), 0) as avg_payment,
  (select count(*) from songs where strategy = 'pay-per-stream') as songs_pay_per_stream,
  (select count(*) from songs where strategy = 'gift-economy') as songs_gift_economy,
  (select count(*) from songs where strategy = 'patronage') as songs_patronage,
  (select count(*) from songs where strategy = 'auction') as songs_auction,
  count(*) filter (where played_at >= :as_of - interval '24 hours') as plays_last_24h,
  count(*) filter (where played_at >= :as_of - interval '168 hours') as plays_last_7d,
  count(*) filter (where played_at >= :as_of - interval '720 hours') as plays_last_30d,
  (select count(*) from songs where created_at >= :as_of - interval '168 hours') as new_songs_last_7d,
  (select count(*) from songs where created_at >= :as_of - interval '720 hours') as new_songs_last_30d
from plays
