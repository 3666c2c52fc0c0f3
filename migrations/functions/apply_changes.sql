create or replace function analytics.apply_changes() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from pg_temp.work_play) and not exists (select from pg_temp.work_song) then
    return;
  end if;
  perform analytics.resolve_keys();

  -- A song that moves takes what was counted before with it; the new plays are already under its new dimensions.
  insert into pg_temp.work_artist_pair
  select artist, listener, sum(plays)::int as plays
  from (
    select artist, listener, plays from pg_temp.work_pair
    union all select move.old_artist, pair.listener, -pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
    union all select move.new_artist, pair.listener, pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
  ) change
  where artist is not null group by artist, listener having sum(plays) <> 0;

  insert into pg_temp.work_genre_pair
  select listener, genre, sum(plays)::int as plays
  from (
    select listener, genre, plays from pg_temp.work_pair
    union all select pair.listener, move.old_genre, -pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
    union all select pair.listener, move.new_genre, pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
  ) change
  where genre is not null group by listener, genre having sum(plays) <> 0;

  insert into pg_temp.work_listener
  select listener, plays, amount, plays_7d, plays_30d, first_played, last_played, 0 as songs, 0 as artists, strategy, plays as strategy_plays
  from pg_temp.work_pair
  union all
  select pair.listener, 0, 0, 0, 0, null, null, 0, 0, moved.strategy, moved.sign * pair.plays
  from pg_temp.work_move move join analytics.song_listener pair using (song)
  cross join lateral (values (move.old_strategy, -1), (move.new_strategy, 1)) moved (strategy, sign)
  where move.old_strategy is distinct from move.new_strategy;

  -- A turn is a pair that appeared (1) or vanished (-1): a distinct count changes by it.
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

  perform analytics.apply_to_series();
  perform analytics.apply_to_songs();
  perform analytics.apply_to_listeners();
end
$$;

comment on function analytics.apply_changes() is 'Adds what was read to pairs, songs, listeners, artists and genres.';
