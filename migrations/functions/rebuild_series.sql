-- Rows are deleted, not truncated, so that those who read series meanwhile neither wait nor find nothing.
create or replace function analytics.rebuild_series() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  started timestamptz := clock_timestamp();
begin
  delete from analytics.series_recent;
  delete from analytics.series_segment;
  delete from analytics.active_listener;

  insert into pg_temp.work_cell
  select 'song'::analytics.series_kind as kind, subject, null::int as since, quarter, sum(plays)::int as plays, sum(seconds)::bigint as seconds,
    sum(earnings) as earnings, true as is_last
  from (
    select song.song as subject, work.quarter, work.plays, work.seconds, work.earnings
    from pg_temp.work_timed work join analytics.song using (song_id)
    union all
    select song.song, cell.*
    from analytics.retired_series retired join analytics.song on song.song_id = retired.key
    cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
    where retired.kind = 'song'
  ) play
  group by subject, quarter;

  insert into pg_temp.work_cell
  select 'artist'::analytics.series_kind, song.artist, null::int, work.quarter, sum(work.plays), sum(work.seconds), sum(work.earnings), true
  from pg_temp.work_cell work join analytics.song on song.song = work.subject
  where song.artist is not null group by song.artist, work.quarter
  union all
  select 'genre', song.genre, null, work.quarter, sum(work.plays), sum(work.seconds), sum(work.earnings), true
  from pg_temp.work_cell work join analytics.song on song.song = work.subject
  where song.genre is not null group by song.genre, work.quarter
  union all
  select 'platform', 0, null, quarter, sum(plays), sum(seconds), sum(earnings), true from pg_temp.work_cell group by quarter
  union all
  select 'listener', subject, null, quarter, sum(plays), sum(seconds), sum(earnings), true
  from (
    select listener.listener as subject, work.quarter, work.plays, work.seconds, work.earnings
    from pg_temp.work_timed work join analytics.listener using (listener_address)
    union all
    select listener.listener, cell.*
    from analytics.retired_series retired join analytics.listener on listener.listener_address = retired.key
    cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
    where retired.kind = 'listener'
  ) play
  group by subject, quarter;
  raise notice 'rebuild: plays along time counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  perform analytics.store_segments();
  with active as materialized (
    select subject, floor(quarter / 96.0)::int as day, min(quarter) as quarter from pg_temp.work_cell where kind = 'listener' group by 1, 2
  ), bucket as materialized (
    select day, bucket.unit, bucket.starts_on
    from (select day, min(quarter) as quarter from active group by day) each
    cross join lateral analytics.list_active_buckets(each.quarter) bucket
  )
  insert into analytics.active_listener (unit, starts_on, listeners)
  select unit, starts_on, count(*)
  from (select distinct bucket.unit, bucket.starts_on, active.subject from active join bucket using (day)) distinct_active
  group by unit, starts_on;
  raise notice 'rebuild: series stored after % s', round(extract(epoch from clock_timestamp() - started), 1);
  analyze analytics.series_recent, analytics.series_segment, analytics.active_listener;
end
$$;

comment on function analytics.rebuild_series() is 'Replaces all series by what the reading of everything found.';
