-- The tables as they were when the last refresh read them, under their own names, so that the plain definitions of the
-- views can be executed over them: the plays that its snapshot could see, the old rows of those that were changed since,
-- and the artists and songs that were published with them. The plays come in one statement, because in READ COMMITTED the
-- next one would see other plays.
create or replace function analytics.read_what_was_counted(known analytics.engine, sample int) returns void
language plpgsql set search_path from current set client_min_messages = warning as $$
declare
  beyond constant bigint := pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id)
    || (known.own_writer + known.writer_offset);
  songs_chosen constant text := case when sample is null then 'true' else 'song_id in (select song_id from pg_temp.verify_song)' end;
  listeners_chosen constant text := case when sample is null then 'false' else 'listener_address in (select listener_address from pg_temp.verify_listener)' end;
begin
  -- Drawn from the tables of the user, so that songs that the engine has never heard of can be found, too.
  create temporary table verify_song on commit drop as
  select song_id::text as song_id from songs order by random() limit coalesce(sample, 0);
  create temporary table verify_listener on commit drop as
  select listener_address from analytics.listener order by random() limit coalesce(sample, 0);
  create temporary table artists on commit drop as
  select artist_address, name from analytics.artist where present;
  create temporary table songs on commit drop as
  select song_id, title, artist_address, genre_name as genre, strategy, created_at from analytics.song where present;
  create temporary table plays (
    song_id text, listener_address text, played_at timestamptz, duration bigint, amount_paid numeric, is_retired boolean
  ) on commit drop;
  analyze pg_temp.verify_song, pg_temp.verify_listener, pg_temp.artists, pg_temp.songs;
  execute format('
    insert into pg_temp.plays
    select song_id, listener_address, played_at, duration, amount_paid, false
    from (
      -- Two branches, so that a sample is looked up in the indexes.
      select song_id::text, listener_address::text, played_at, duration, amount_paid, analytics_writer from plays where %1$s
      union all
      select song_id::text, listener_address::text, played_at, duration, amount_paid, analytics_writer from plays where %2$s and not (%1$s)
      union all
      select song_id, listener_address, played_at, duration, amount_paid, writer from analytics.play_queue where %1$s or %2$s
    ) play
    where analytics_writer is null or (analytics_writer < $1 and analytics_writer <> all ($2))
    union all
    -- Of retired plays the sums are known, and the first and the last of each listener and song.
    select song_id, listener_address, case when number = plays then last_played else first_played end,
      case when number = 1 then duration else 0 end, case when number = 1 then amount else 0 end, true
    from analytics.retired_play cross join generate_series(1, plays) number where %1$s or %2$s', songs_chosen, listeners_chosen) using beyond, in_flight;
  analyze pg_temp.plays;
end
$$;

comment on function analytics.read_what_was_counted(analytics.engine, int) is 'The rows behind the published views, or those of a sample of songs and listeners, as temporary tables.';
