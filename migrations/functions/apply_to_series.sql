-- Before songs and listeners are counted, because the last play of a listener so far tells whether it was active.
create or replace function analytics.apply_to_series() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from pg_temp.work_timed) and not exists (select from pg_temp.work_move) then
    return;
  end if;
  insert into pg_temp.work_series
  with timed as materialized (
    select song.song, song.artist, song.genre, listener.listener, work.quarter, work.plays, work.seconds, work.earnings
    from pg_temp.work_timed work
    join analytics.song using (song_id)
    join analytics.listener using (listener_address)
  ), moved as materialized (
    -- A song that moves takes what was counted before with it; the new plays are already under its new dimensions.
    select move.old_artist, move.new_artist, move.old_genre, move.new_genre, cell.quarter, cell.plays, cell.seconds, cell.earnings
    from pg_temp.work_move move
    join analytics.every_series_cell() cell on cell.kind = 'song' and cell.subject = move.song
  )
  select 'song'::analytics.series_kind as kind, song as subject, quarter, plays, seconds, earnings from timed
  union all
  select 'listener', listener, quarter, plays, seconds, earnings from timed
  union all
  select kind, subject, quarter, sum(plays)::int, sum(seconds)::bigint, sum(earnings)
  from (
    select 'platform'::analytics.series_kind as kind, 0 as subject, quarter, plays, seconds, earnings from timed
    union all select 'genre', genre, quarter, plays, seconds, earnings from timed
    union all select 'artist', artist, quarter, plays, seconds, earnings from timed
    union all select 'genre', old_genre, quarter, -plays, -seconds, -earnings from moved
    union all select 'genre', new_genre, quarter, plays, seconds, earnings from moved
    union all select 'artist', old_artist, quarter, -plays, -seconds, -earnings from moved
    union all select 'artist', new_artist, quarter, plays, seconds, earnings from moved
  ) change
  where subject is not null
  group by kind, subject, quarter
  having sum(plays) <> 0 or sum(seconds) <> 0 or sum(earnings) <> 0;

  perform analytics.note_statement_changes();
  perform analytics.apply_to_active_listeners();
  insert into analytics.series_recent select * from pg_temp.work_series;
  perform analytics.pack_series();
end
$$;

comment on function analytics.apply_to_series() is 'Adds what was read to the series of the platform, genres, artists, songs and listeners.';
