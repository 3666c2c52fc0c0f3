-- From the work tables into the state: touches only the rows that the changes concern.

-- Before the dimensions of a song change, its multiplicities are noted under the old and the new ones.
create function analytics.apply_dimensions() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.artist (artist_address)
  select artist_address from pg_temp.work_artist union select artist_address from pg_temp.work_song where artist_address is not null
  except select artist_address from analytics.artist;
  update analytics.artist set name = work.name, present = work.present
  from pg_temp.work_artist work where artist.artist_address = work.artist_address;

  insert into analytics.genre (name)
  select genre_name from pg_temp.work_song where genre_name is not null except select name from analytics.genre;

  create temporary table work_move on commit drop as
  select song.song, song.artist as old_artist, artist.artist as new_artist, song.genre as old_genre, genre.genre as new_genre,
    song.strategy as old_strategy, work.strategy as new_strategy
  from pg_temp.work_song work
  join analytics.song on song.song_id = work.song_id
  left join analytics.artist on artist.artist_address = work.artist_address
  left join analytics.genre on genre.name = work.genre_name
  where song.plays > 0 and (song.artist is distinct from artist.artist or song.genre is distinct from genre.genre
    or song.strategy is distinct from work.strategy);

  update analytics.song set
    title = work.title, artist_address = work.artist_address, genre_name = work.genre_name, strategy = work.strategy,
    created_at = work.created_at, present = work.present,
    artist = (select artist.artist from analytics.artist where artist.artist_address = work.artist_address),
    genre = (select genre.genre from analytics.genre where genre.name = work.genre_name)
  from pg_temp.work_song work where song.song_id = work.song_id;

  insert into analytics.song (song_id, title, artist_address, genre_name, strategy, created_at, present, artist, genre)
  select work.song_id, work.title, work.artist_address, work.genre_name, work.strategy, work.created_at, true, artist.artist, genre.genre
  from pg_temp.work_song work
  left join analytics.artist on artist.artist_address = work.artist_address
  left join analytics.genre on genre.name = work.genre_name
  where work.present and not exists (select from analytics.song where song.song_id = work.song_id);
end
$$;
comment on function analytics.apply_dimensions() is 'Brings artists, genres and songs up to date.';

-- From texts to integers. Most changes concern songs and listeners that are known.
create function analytics.resolve_keys() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  create temporary table work_pair on commit drop as
  select work.song_id, work.listener_address, song.song, listener.listener, song.artist, song.genre, song.strategy,
    work.plays::int, work.duration, work.amount, work.plays_1d, work.plays_7d, work.plays_30d, work.first_played, work.last_played
  from pg_temp.work_play work
  left join analytics.song on song.song_id = work.song_id
  left join analytics.listener on listener.listener_address = work.listener_address;

  if exists (select from pg_temp.work_pair where listener is null) then
    insert into analytics.listener (listener_address)
    select distinct listener_address from pg_temp.work_pair where listener is null;
    update pg_temp.work_pair set listener = listener.listener
    from analytics.listener where work_pair.listener is null and listener.listener_address = work_pair.listener_address;
  end if;
  -- Only tables without a foreign key can hold plays of songs that are not there.
  if exists (select from pg_temp.work_pair where song is null) then
    insert into analytics.song (song_id) select distinct song_id from pg_temp.work_pair where song is null;
    update pg_temp.work_pair set song = song.song from analytics.song where work_pair.song is null and song.song_id = work_pair.song_id;
  end if;
end
$$;
comment on function analytics.resolve_keys() is 'The changes by the integers of song and listener.';

create function analytics.apply_changes() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform analytics.resolve_keys();

  -- A song that moves takes what was counted before with it; the new plays are already under its new dimensions.
  create temporary table work_artist_pair on commit drop as
  select artist, listener, sum(plays)::int as plays
  from (
    select artist, listener, plays from pg_temp.work_pair
    union all select move.old_artist, pair.listener, -pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
    union all select move.new_artist, pair.listener, pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
  ) change
  where artist is not null group by artist, listener having sum(plays) <> 0;

  create temporary table work_genre_pair on commit drop as
  select listener, genre, sum(plays)::int as plays
  from (
    select listener, genre, plays from pg_temp.work_pair
    union all select pair.listener, move.old_genre, -pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
    union all select pair.listener, move.new_genre, pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
  ) change
  where genre is not null group by listener, genre having sum(plays) <> 0;

  create temporary table work_listener on commit drop as
  select listener, plays, amount, plays_7d, plays_30d, first_played, last_played, 0 as songs, 0 as artists, strategy, plays as strategy_plays
  from pg_temp.work_pair
  union all
  select pair.listener, 0, 0, 0, 0, null, null, 0, 0, moved.strategy, moved.sign * pair.plays
  from pg_temp.work_move move join analytics.song_listener pair using (song)
  cross join lateral (values (move.old_strategy, -1), (move.new_strategy, 1)) moved (strategy, sign)
  where move.old_strategy is distinct from move.new_strategy;

  -- A turn is a pair that appeared (1) or vanished (-1): a distinct count changes by it.
  create temporary table work_turn (song int, artist int, genre int, listener int, turn int) on commit drop;

  with merged as (
    insert into analytics.song_listener as known (song, listener, plays)
    select song, listener, plays from pg_temp.work_pair where plays <> 0 order by song, listener
    on conflict (song, listener) do update set plays = known.plays + excluded.plays
    returning song, listener, plays
  )
  insert into pg_temp.work_turn (song, listener, turn)
  select song, listener, (merged.plays > 0)::int - (merged.plays - pair.plays > 0)::int
  from merged join pg_temp.work_pair pair using (song, listener)
  where (merged.plays > 0) <> (merged.plays - pair.plays > 0);

  with merged as (
    insert into analytics.artist_listener as known (artist, listener, plays)
    select artist, listener, plays from pg_temp.work_artist_pair order by artist, listener
    on conflict (artist, listener) do update set plays = known.plays + excluded.plays
    returning artist, listener, plays
  )
  insert into pg_temp.work_turn (artist, listener, turn)
  select artist, listener, (merged.plays > 0)::int - (merged.plays - pair.plays > 0)::int
  from merged join pg_temp.work_artist_pair pair using (artist, listener)
  where (merged.plays > 0) <> (merged.plays - pair.plays > 0);

  -- Kept for the favourites, which follow from the new counts.
  create temporary table work_genre_count (listener int, genre int, plays int, change int) on commit drop;
  with merged as (
    insert into analytics.genre_listener as known (listener, genre, plays)
    select listener, genre, plays from pg_temp.work_genre_pair order by listener, genre
    on conflict (listener, genre) do update set plays = known.plays + excluded.plays
    returning listener, genre, plays
  )
  insert into pg_temp.work_genre_count
  select listener, genre, merged.plays, pair.plays from merged join pg_temp.work_genre_pair pair using (listener, genre);
  insert into pg_temp.work_turn (genre, listener, turn)
  select genre, listener, (plays > 0)::int - (plays - change > 0)::int
  from pg_temp.work_genre_count where (plays > 0) <> (plays - change > 0);

  if exists (select from pg_temp.work_turn where turn < 0) then
    delete from analytics.song_listener known using pg_temp.work_turn turn
    where turn.turn < 0 and known.song = turn.song and known.listener = turn.listener and known.plays = 0;
    delete from analytics.artist_listener known using pg_temp.work_turn turn
    where turn.turn < 0 and known.artist = turn.artist and known.listener = turn.listener and known.plays = 0;
    delete from analytics.genre_listener known using pg_temp.work_turn turn
    where turn.turn < 0 and known.genre = turn.genre and known.listener = turn.listener and known.plays = 0;
  end if;

  update analytics.artist set listeners = listeners + change.turns
  from (select artist, sum(turn) as turns from pg_temp.work_turn where artist is not null group by artist) change
  where artist.artist = change.artist and change.turns <> 0;

  update analytics.genre set listeners = listeners + change.turns
  from (select genre, sum(turn) as turns from pg_temp.work_turn where genre is not null group by genre) change
  where genre.genre = change.genre and change.turns <> 0;

  perform analytics.apply_to_songs();
  perform analytics.apply_to_listeners();
end
$$;
comment on function analytics.apply_changes() is 'Adds what was read to pairs, songs, listeners, artists and genres.';

create function analytics.apply_to_songs() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update analytics.song set
    plays = song.plays + change.plays, listeners = song.listeners + change.turns, duration = song.duration + change.duration,
    amount = song.amount + change.amount, plays_1d = song.plays_1d + change.plays_1d, plays_7d = song.plays_7d + change.plays_7d,
    plays_30d = song.plays_30d + change.plays_30d,
    first_played = case when change.is_extreme then change.extreme_first else least(song.first_played, change.first_played) end,
    last_played = case when change.is_extreme then change.extreme_last else greatest(song.last_played, change.last_played) end
  from (
    select pair.song, pair.plays, pair.duration, pair.amount, pair.plays_1d, pair.plays_7d, pair.plays_30d, pair.first_played, pair.last_played,
      coalesce(turns.turns, 0) as turns,
      extreme.song_id is not null as is_extreme, extreme.first_played as extreme_first, extreme.last_played as extreme_last
    from (
      select song, sum(plays) as plays, sum(duration) as duration, sum(amount) as amount, sum(plays_1d) as plays_1d, sum(plays_7d) as plays_7d,
        sum(plays_30d) as plays_30d, min(first_played) as first_played, max(last_played) as last_played
      from pg_temp.work_pair group by song
    ) pair
    left join (select song, sum(turn) as turns from pg_temp.work_turn where song is not null group by song) turns using (song)
    left join (select known.song, extreme.* from pg_temp.work_song_extreme extreme join analytics.song known using (song_id)) extreme using (song)
  ) change
  where song.song = change.song;

  if exists (select from pg_temp.work_song where not present) or exists (select from pg_temp.work_pair where plays < 0) then
    delete from analytics.song where not present and plays = 0;
  end if;
end
$$;
comment on function analytics.apply_to_songs() is 'Adds the changes to the counters of the songs they concern.';

create function analytics.apply_to_listeners() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into pg_temp.work_listener (listener, songs, artists)
  select listener, case when song is not null then turn else 0 end, case when artist is not null then turn else 0 end
  from pg_temp.work_turn where genre is null;

  create temporary table work_genre on commit drop as
  select genre, name, row_number() over (order by name collate "C") as place from analytics.genre;
  analyze pg_temp.work_genre;

  update analytics.listener set
    plays = listener.plays + change.plays, songs = listener.songs + change.songs, artists = listener.artists + change.artists,
    amount = listener.amount + change.amount, plays_7d = listener.plays_7d + change.plays_7d, plays_30d = listener.plays_30d + change.plays_30d,
    pay_per_stream = listener.pay_per_stream + change.pay_per_stream, gift_economy = listener.gift_economy + change.gift_economy,
    patronage = listener.patronage + change.patronage, auction = listener.auction + change.auction,
    first_played = case when change.is_extreme then change.extreme_first else least(listener.first_played, change.first_played) end,
    last_played = case when change.is_extreme then change.extreme_last else greatest(listener.last_played, change.last_played) end,
    favorite = case when change.is_genre then change.favorite else listener.favorite end,
    favorite_plays = case when change.is_genre then change.favorite_plays else listener.favorite_plays end,
    favorite_name = case when change.is_genre then change.favorite_name else listener.favorite_name end
  from (
    select work.*,
      extreme.listener is not null as is_extreme, extreme.first_played as extreme_first, extreme.last_played as extreme_last,
      touched.listener is not null as is_genre, favorite.genre as favorite, coalesce(favorite.plays, 0) as favorite_plays, favorite.name as favorite_name
    from (
      select listener, coalesce(sum(plays), 0) as plays, coalesce(sum(amount), 0) as amount, coalesce(sum(plays_7d), 0) as plays_7d,
        coalesce(sum(plays_30d), 0) as plays_30d, min(first_played) as first_played, max(last_played) as last_played,
        sum(songs) as songs, sum(artists) as artists,
        coalesce(sum(strategy_plays) filter (where strategy = 'pay-per-stream'), 0) as pay_per_stream,
        coalesce(sum(strategy_plays) filter (where strategy = 'gift-economy'), 0) as gift_economy,
        coalesce(sum(strategy_plays) filter (where strategy = 'patronage'), 0) as patronage,
        coalesce(sum(strategy_plays) filter (where strategy = 'auction'), 0) as auction
      from (
        select * from pg_temp.work_listener
        union all
        -- A listener whose only change is the genre of a song is concerned too.
        select listener, 0, 0, 0, 0, null, null, 0, 0, null, 0 from pg_temp.work_genre_pair
      ) part
      group by listener
    ) work
    left join (select distinct listener from pg_temp.work_genre_pair) touched using (listener)
    left join (
      -- The favourite is the highest of one number: the plays, and below them the place of the genre, first names highest.
      select best.listener, named.genre, best.best >> 24 as plays, named.name
      from (
        select listener, max((candidate.plays::bigint << 24) + 16777215 - named.place) as best
        from (
          select listener, genre, plays from pg_temp.work_genre_count where plays > 0
          union all
          -- What was not played now is behind the former favourite as before ...
          select listener, favorite, favorite_plays from analytics.listener
          where favorite is not null and listener in (select listener from pg_temp.work_genre_count)
            and listener not in (select listener from pg_temp.work_genre_count where change < 0)
          union all
          -- ... unless the favourite itself may have lost plays.
          select listener, genre, plays from analytics.genre_listener
          where listener in (select listener from pg_temp.work_genre_count where change < 0)
        ) candidate
        join pg_temp.work_genre named using (genre)
        group by listener
      ) best
      join pg_temp.work_genre named on named.place = 16777215 - (best.best & 16777215)
    ) favorite using (listener)
    left join (select known.listener, extreme.* from pg_temp.work_listener_extreme extreme join analytics.listener known using (listener_address)) extreme using (listener)
  ) change
  where listener.listener = change.listener;

  if exists (select from pg_temp.work_pair where plays < 0) then
    delete from analytics.listener using pg_temp.work_pair pair
    where pair.plays < 0 and listener.listener = pair.listener and listener.plays = 0;
  end if;
end
$$;
comment on function analytics.apply_to_listeners() is 'Adds the changes to the counters and favourites of the listeners they concern.';
