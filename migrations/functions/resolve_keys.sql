-- From texts to integers. Most changes concern songs and listeners that are known.
create or replace function analytics.resolve_keys() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into pg_temp.work_pair
  select work.*, song.song, listener.listener, song.artist, song.genre, song.strategy
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
