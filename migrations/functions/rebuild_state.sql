create or replace function analytics.rebuild_state() returns void language plpgsql set search_path = pg_catalog, pg_temp
  set default_statistics_target = 100 as $$
declare
  started timestamptz := clock_timestamp();
  total bigint;
  keyed text;
begin
  truncate analytics.song_listener, analytics.artist_listener, analytics.genre_listener;
  -- Series are looked up in these, so rows are deleted: who reads meanwhile neither waits nor finds nothing.
  foreach keyed in array array['artist', 'genre', 'song', 'listener'] loop
    execute format('delete from analytics.%I', keyed);
    -- Restarting the numbers this way is undone with the transaction, unlike setval on a sequence in use.
    execute format('alter sequence %s restart', pg_get_serial_sequence('analytics.' || keyed, keyed));
  end loop;
  perform analytics.apply_dimensions();
  -- Only tables without a foreign key can hold plays of songs that are not there.
  insert into analytics.song (song_id)
  select distinct work.song_id from pg_temp.work_play work
  where not exists (select from analytics.song where song.song_id = work.song_id);

  create temporary table rebuild_listener on commit drop as
  select row_number() over (order by listener_address)::int as listener, listener_address
  from (select distinct listener_address from pg_temp.work_play) every;
  analyze pg_temp.rebuild_listener;
  analyze analytics.song;

  execute format('
    create temporary table rebuild_pair on commit drop as
    select song.song, rebuild_listener.listener, song.artist, song.genre, song.strategy, work.plays, work.duration, work.amount,
      work.first_played, work.last_played, %s
    from pg_temp.work_play work
    join analytics.song using (song_id)
    join pg_temp.rebuild_listener using (listener_address)', analytics.for_windows('work.%1$I'));
  get diagnostics total = row_count;
  analyze pg_temp.rebuild_pair;
  raise notice 'rebuild: % pairs of song and listener found after % s', total, round(extract(epoch from clock_timestamp() - started), 1);

  -- In the order of the keys, so that related rows lie together, and indexed afterwards, which is faster.
  alter table analytics.song_listener drop constraint song_listener_pkey;
  alter table analytics.artist_listener drop constraint artist_listener_pkey;
  alter table analytics.genre_listener drop constraint genre_listener_pkey;
  insert into analytics.song_listener (song, listener, plays)
  select song, listener, sum(plays) from pg_temp.rebuild_pair group by song, listener order by song, listener;
  alter table analytics.song_listener add primary key (song, listener);
  raise notice 'rebuild: songs with their listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  insert into analytics.artist_listener (artist, listener, plays)
  select artist, listener, sum(plays) from pg_temp.rebuild_pair where artist is not null group by artist, listener order by artist, listener;
  alter table analytics.artist_listener add primary key (artist, listener);
  raise notice 'rebuild: artists with their listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  insert into analytics.genre_listener (listener, genre, plays)
  select listener, genre, sum(plays) from pg_temp.rebuild_pair where genre is not null group by listener, genre order by listener, genre;
  alter table analytics.genre_listener add primary key (listener, genre);
  raise notice 'rebuild: genres with their listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  update analytics.artist set listeners = change.listeners
  from (select artist, count(*) as listeners from analytics.artist_listener group by artist) change where artist.artist = change.artist;
  update analytics.genre set listeners = change.listeners
  from (select genre, count(*) as listeners from analytics.genre_listener group by genre) change where genre.genre = change.genre;

  execute format($apply$
    update analytics.song set
      plays = counted.plays, listeners = pairs.listeners, duration = counted.duration, amount = counted.amount,
      first_played = counted.first_played, last_played = counted.last_played, %1$s
    from (
      select song, sum(plays) as plays, sum(duration) as duration, sum(amount) as amount, min(first_played) as first_played,
        max(last_played) as last_played, %2$s
      from pg_temp.rebuild_pair group by song
    ) counted
    join (select song, count(*) as listeners from analytics.song_listener group by song) pairs using (song)
    where song.song = counted.song
  $apply$, analytics.for_windows('%1$I = counted.%1$I'), analytics.for_windows('sum(%1$I) as %1$I'));
  raise notice 'rebuild: songs counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  insert into pg_temp.work_genre
  select genre, name, row_number() over (order by name collate "C") as place from analytics.genre;

  -- The favourite is the highest of one number: the plays, and below them the place of the genre, first names highest.
  insert into analytics.listener (
    listener, listener_address, plays, songs, artists, amount, first_played, last_played, plays_7d, plays_30d,
    favorite, favorite_plays, favorite_name, pay_per_stream, gift_economy, patronage, auction)
  select listener, address.listener_address, counted.plays, songs.songs, coalesce(artists.artists, 0), counted.amount, counted.first_played,
    counted.last_played, counted.plays_7d, counted.plays_30d, favorite.genre, coalesce(favorite.plays, 0)::int, favorite.name, counted.pay_per_stream,
    counted.gift_economy, counted.patronage, counted.auction
  from (
    select listener, sum(plays) as plays, sum(amount) as amount, min(first_played) as first_played, max(last_played) as last_played,
      sum(plays_7d) as plays_7d, sum(plays_30d) as plays_30d,
      coalesce(sum(plays) filter (where strategy = 'pay-per-stream'), 0) as pay_per_stream,
      coalesce(sum(plays) filter (where strategy = 'gift-economy'), 0) as gift_economy,
      coalesce(sum(plays) filter (where strategy = 'patronage'), 0) as patronage,
      coalesce(sum(plays) filter (where strategy = 'auction'), 0) as auction
    from pg_temp.rebuild_pair group by listener
  ) counted
  join pg_temp.rebuild_listener address using (listener)
  join (select listener, count(*) as songs from analytics.song_listener group by listener) songs using (listener)
  left join (select listener, count(*) as artists from analytics.artist_listener group by listener) artists using (listener)
  left join (
    select best.listener, named.genre, best.best >> 24 as plays, named.name
    from (
      select pair.listener, max((pair.plays::bigint << 24) + 16777215 - named.place) as best
      from analytics.genre_listener pair join pg_temp.work_genre named using (genre) group by pair.listener
    ) best
    join pg_temp.work_genre named on named.place = 16777215 - (best.best & 16777215)
  ) favorite using (listener)
  order by listener;
  perform setval(pg_get_serial_sequence('analytics.listener', 'listener'), (select coalesce(max(listener), 1) from pg_temp.rebuild_listener));
  raise notice 'rebuild: listeners counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  drop table pg_temp.rebuild_pair, pg_temp.rebuild_listener;
  perform analytics.rebuild_series();
  perform analytics.recount_statement_changes();
  analyze analytics.artist, analytics.genre, analytics.song, analytics.listener,
    analytics.song_listener, analytics.artist_listener, analytics.genre_listener;
end
$$;

comment on function analytics.rebuild_state() is 'Replaces the whole state by what the reading of everything found.';
