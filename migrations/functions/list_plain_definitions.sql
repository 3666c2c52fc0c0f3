-- The plain definitions, over the plays that were read above and the dimensions that were published with them.
create or replace function analytics.list_plain_definitions() returns table (view text, key text, definition text) language sql immutable as $$
  values
  ('mv_artist_analytics', 'artist_address', '
    select artist.artist_address, artist.name as artist_name,
      (select count(*) from analytics.song where song.present and song.artist_address = artist.artist_address) as total_songs,
      coalesce(sum(play.plays), 0)::bigint as total_plays, count(distinct play.listener_address) as unique_listeners,
      coalesce(sum(play.amount), 0) as total_earnings, coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_earning_per_play,
      max(play.last_played) as last_play_date, coalesce(sum(play.plays_30d), 0)::bigint as plays_last_30_days,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7_days, $1 as last_refreshed
    from analytics.artist left join analytics.song on song.artist_address = artist.artist_address and song.present
    left join pg_temp.verify_play play on play.song_id = song.song_id
    where artist.present group by artist.artist_address, artist.name'),
  ('mv_song_analytics', 'song_id', '
    select song.song_id, song.title, song.artist_address, song.genre_name as genre, song.strategy,
      coalesce(sum(play.plays), 0)::bigint as play_count, count(distinct play.listener_address) as unique_listeners,
      coalesce(sum(play.amount), 0) as total_earnings, coalesce(sum(play.duration) / sum(play.plays)::bigint, 0) as avg_play_duration,
      coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_earning_per_play,
      min(play.first_played) as first_played, max(play.last_played) as last_played,
      coalesce(sum(10 * play.plays_1d + 5 * (play.plays_7d - play.plays_1d) + (play.plays_30d - play.plays_7d)), 0)::bigint as trending_score,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7_days, coalesce(sum(play.plays_30d), 0)::bigint as plays_last_30_days
    from analytics.song left join pg_temp.verify_play play on play.song_id = song.song_id
    where song.present and ($2 is not true or song.song_id in (select song_id from pg_temp.verify_song))
    group by song.song_id, song.title, song.artist_address, song.genre_name, song.strategy'),
  ('mv_platform_stats', 'total_artists', '
    select (select count(*) from analytics.artist where present) as total_artists, songs.total_songs,
      coalesce(sum(play.plays), 0)::bigint as total_plays, count(distinct play.listener_address) as total_listeners,
      coalesce(sum(play.amount), 0) as total_volume, coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_payment,
      songs.pay_per_stream, songs.gift_economy, songs.patronage, songs.auction, coalesce(sum(play.plays_1d), 0)::bigint as plays_last_24h,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7d, coalesce(sum(play.plays_30d), 0)::bigint as plays_last_30d,
      songs.new_7d, songs.new_30d
    from (select count(*) as total_songs, count(*) filter (where strategy = ''pay-per-stream'') as pay_per_stream,
        count(*) filter (where strategy = ''gift-economy'') as gift_economy, count(*) filter (where strategy = ''patronage'') as patronage,
        count(*) filter (where strategy = ''auction'') as auction, count(*) filter (where created_at >= $1 - interval ''168 hours'') as new_7d,
        count(*) filter (where created_at >= $1 - interval ''720 hours'') as new_30d
      from analytics.song where present) songs
    left join pg_temp.verify_play play on true
    group by songs.total_songs, songs.pay_per_stream, songs.gift_economy, songs.patronage, songs.auction, songs.new_7d, songs.new_30d'),
  ('mv_top_songs_week', 'song_id', '
    select song.song_id, song.title, song.artist_address, artist.name as artist_name, song.genre_name as genre, sum(play.plays_7d)::bigint as plays,
      rank() over (order by sum(play.plays_7d) desc) as rank
    from pg_temp.verify_play play join analytics.song on song.song_id = play.song_id and song.present
    left join analytics.artist on artist.artist_address = song.artist_address and artist.present
    group by song.song_id, song.title, song.artist_address, artist.name, song.genre_name
    having sum(play.plays_7d) > 0 order by sum(play.plays_7d) desc, song.song_id limit 100'),
  ('mv_listener_activity', 'listener_address', '
    select listener_address, sum(play.plays)::bigint as total_plays, count(distinct play.song_id) as unique_songs_played,
      count(distinct song.artist_address) as unique_artists, sum(amount_paid) as total_spent, sum(amount_paid) / sum(play.plays)::bigint as avg_spent_per_play,
      min(first) as first_active, max(last) as last_active,
      (select genre_name from pg_temp.verify_play p join analytics.song s on s.song_id = p.song_id
        where p.listener_address = play.listener_address and s.genre_name is not null
        group by genre_name order by sum(p.plays) desc, genre_name collate "C" limit 1) as favorite_genre,
      (select s.strategy from pg_temp.verify_play p join analytics.song s on s.song_id = p.song_id
        where p.listener_address = play.listener_address and s.strategy is not null
        group by s.strategy order by sum(p.plays) desc, s.strategy collate "C" limit 1) as favorite_strategy,
      sum(week)::bigint as plays_last_7d, sum(month)::bigint as plays_last_30d
    from (select listener_address, song_id, plays, amount as amount_paid, first_played as first, last_played as last, plays_7d as week, plays_30d as month
      from pg_temp.verify_play where $2 is not true or listener_address in (select listener_address from pg_temp.verify_listener)) play
    left join analytics.song on song.song_id = play.song_id
    group by listener_address'),
  ('mv_genre_stats', 'genre', '
    select song.genre_name as genre, count(distinct song.song_id) as total_songs, count(distinct song.artist_address) as total_artists,
      coalesce(sum(play.plays), 0)::bigint as total_plays, coalesce(sum(play.amount), 0) as total_earnings,
      coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_earning_per_play, count(distinct play.listener_address) as unique_listeners,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7d, rank() over (order by coalesce(sum(play.plays), 0) desc) as popularity_rank
    from analytics.song left join pg_temp.verify_play play on play.song_id = song.song_id
    where song.present and song.genre_name is not null group by song.genre_name')
$$;

comment on function analytics.list_plain_definitions() is 'Each view in plain terms of the plays; $1 is the instant, $2 whether only the sample counts.';
