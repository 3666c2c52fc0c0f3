-- Every artist, with the sums over the songs that are theirs now. The only view that carries the instant of its publication in
-- each row: there are few artists, so rewriting them all costs little.

create materialized view mv_artist_analytics as
select
  artist.artist_address,
  artist.name as artist_name,
  coalesce(own.total_songs, 0) as total_songs,
  coalesce(own.total_plays, 0) as total_plays,
  artist.listeners as unique_listeners,
  coalesce(own.total_earnings, 0) as total_earnings,
  case when own.total_plays > 0 then own.total_earnings / own.total_plays else 0 end as avg_earning_per_play,
  own.last_play_date,
  coalesce(own.plays_last_30_days, 0) as plays_last_30_days,
  coalesce(own.plays_last_7_days, 0) as plays_last_7_days,
  engine.as_of as last_refreshed
from analytics.artist
cross join analytics.engine
left join (
  select
    artist,
    count(*) as total_songs,
    sum(plays)::bigint as total_plays,
    sum(amount) as total_earnings,
    max(last_played) as last_play_date,
    sum(plays_30d)::bigint as plays_last_30_days,
    sum(plays_7d)::bigint as plays_last_7_days
  from analytics.song
  where present
  group by artist
) own using (artist)
where artist.present
with no data;

create unique index mv_artist_analytics_key on mv_artist_analytics (artist_address);
create index mv_artist_analytics_total_plays_idx on mv_artist_analytics (total_plays desc, artist_address);
create index mv_artist_analytics_total_earnings_idx on mv_artist_analytics (total_earnings desc, artist_address);
create index mv_artist_analytics_plays_last_7_days_idx on mv_artist_analytics (plays_last_7_days desc, artist_address);
create index mv_artist_analytics_artist_name_idx on mv_artist_analytics (artist_name, artist_address);
