-- Every genre that a song has now. Songs without a genre do not appear.

create materialized view mv_genre_stats as
select
  genre.name as genre,
  own.total_songs,
  own.total_artists,
  own.total_plays,
  own.total_earnings,
  case when own.total_plays > 0 then own.total_earnings / own.total_plays else 0 end as avg_earning_per_play,
  genre.listeners as unique_listeners,
  own.plays_last_7d,
  rank() over (order by own.total_plays desc) as popularity_rank
from analytics.genre
join (
  select
    genre,
    count(*) as total_songs,
    count(distinct artist) as total_artists,
    sum(plays)::bigint as total_plays,
    sum(amount) as total_earnings,
    sum(plays_7d)::bigint as plays_last_7d
  from analytics.song
  where present and genre is not null
  group by genre
) own using (genre)
with no data;

create unique index mv_genre_stats_key on mv_genre_stats (genre);
