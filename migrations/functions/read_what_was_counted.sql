-- The plays in one statement, because in READ COMMITTED the next one would see other plays.
create or replace function analytics.read_what_was_counted(known analytics.engine, sample int) returns void
language plpgsql set search_path from current set client_min_messages = warning as $$
declare
  beyond constant bigint := pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id)
    || (known.own_writer + known.writer_offset);
  -- Also addresses and songs that the engine has never heard of must have a chance to be found.
  songs_chosen constant text := case when sample is null then 'true' else 'song_id in (select song_id from pg_temp.verify_song)' end;
  listeners_chosen constant text := case when sample is null then 'false' else 'listener_address in (select listener_address from pg_temp.verify_listener)' end;
begin
  create temporary table verify_song on commit drop as
  select song_id::text as song_id from songs order by case when sample is null then 0 else random() end limit sample;
  create temporary table verify_listener on commit drop as
  select listener_address from analytics.listener order by case when sample is null then 0 else random() end limit sample;
  analyze pg_temp.verify_song, pg_temp.verify_listener;
  create temporary table verify_play (song_id text, listener_address text, plays bigint, duration bigint, amount numeric,
    plays_1d bigint, plays_7d bigint, plays_30d bigint, first_played timestamptz, last_played timestamptz) on commit drop;
  execute format('
    insert into pg_temp.verify_play
    select song_id, listener_address, sum(plays), sum(duration), sum(amount), sum(plays_1d), sum(plays_7d), sum(plays_30d), min(first_played), max(last_played)
    from (
      select song_id::text, listener_address::text, 1 as plays, duration, amount_paid as amount,
        (played_at >= $3 - interval ''24 hours'')::int as plays_1d, (played_at >= $3 - interval ''168 hours'')::int as plays_7d,
        (played_at >= $3 - interval ''720 hours'')::int as plays_30d, played_at as first_played, played_at as last_played
      from (
        select song_id, listener_address, duration, amount_paid, played_at, analytics_writer from plays where %1$s
        union all
        select song_id, listener_address, duration, amount_paid, played_at, analytics_writer from plays where %2$s and not (%1$s)
        union all
        select song_id, listener_address, duration, amount_paid, played_at, writer from analytics.play_queue where %1$s or %2$s
      ) play
      where analytics_writer is null or (analytics_writer < $1 and analytics_writer <> all ($2))
      union all
      select song_id, listener_address, plays, duration, amount, 0, 0, 0, first_played, last_played from analytics.retired_play where %1$s or %2$s
    ) counted group by 1, 2', songs_chosen, listeners_chosen) using beyond, in_flight, known.as_of;
  analyze pg_temp.verify_play;
end
$$;

comment on function analytics.read_what_was_counted(analytics.engine, int) is 'The plays behind the published views, or those of a sample.';
