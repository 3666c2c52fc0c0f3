create or replace function analytics.read_everything(
  until timestamptz, out seen pg_snapshot, out is_own boolean, out artists bigint, out songs bigint)
language plpgsql set search_path from current as $$
begin
  execute format($read$
    with gone as (
      delete from analytics.play_queue returning queued_by, xmin as written_by
    ), asked as (
      delete from analytics.rebuild_request returning queued_by, xmin as written_by
    ), summed as (
      insert into pg_temp.work_play
      select song_id::text, listener_address::text, count(*), sum(duration), sum(amount_paid), min(played_at), max(played_at), %1$s
      from plays group by song_id, listener_address
    ), timed as (
      insert into pg_temp.work_timed
      select song_id::text, listener_address::text, analytics.quarter_of(played_at), 1, duration, amount_paid from plays
    ), retired as (
      insert into pg_temp.work_play
      select song_id, listener_address, plays, duration, amount, first_played, last_played, %2$s from analytics.retired_play
    ), present_artists as (
      insert into pg_temp.work_artist select artist_address, name, true from artists
    ), present_songs as (
      insert into pg_temp.work_song select song_id, title, artist_address, genre, strategy, created_at, true from songs
    )
    select pg_current_snapshot(),
      exists (select from gone where queued_by = $2 and analytics.is_own_row(written_by)) or exists (select from asked where queued_by = $2 and analytics.is_own_row(written_by))
        or exists (select from plays where analytics_writer = $2 + (select writer_offset from analytics.engine) and analytics.is_own_row(xmin)),
      (select count(*) from artists), (select count(*) from songs)
  $read$,
    analytics.for_windows('count(*) filter (where played_at >= $1 - interval ''%2$s hours'')'),
    analytics.for_windows('0'))
  into seen, is_own, artists, songs using until, pg_current_xact_id()::text::bigint;
end
$$;

comment on function analytics.read_everything(timestamptz) is 'Reads all of the tables into the work tables, in one statement.';
