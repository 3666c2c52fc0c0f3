-- Rows are deleted, not truncated, so that those who read series meanwhile neither wait nor find nothing.
create or replace function analytics.rebuild_series() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  started timestamptz := clock_timestamp();
begin
  delete from analytics.series_recent;
  delete from analytics.series_segment;
  delete from analytics.active_listener;

  create temporary table work_cell on commit drop as
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
  perform analytics.store_segments();
  raise notice 'rebuild: series of songs stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  create temporary table work_series on commit drop as select * from pg_temp.work_cell;
  truncate pg_temp.work_cell;
  insert into pg_temp.work_cell
  select 'artist', song.artist, null, work.quarter, sum(work.plays), sum(work.seconds), sum(work.earnings), true
  from pg_temp.work_series work join analytics.song on song.song = work.subject
  where song.artist is not null group by song.artist, work.quarter;
  perform analytics.store_segments();
  truncate pg_temp.work_cell;
  insert into pg_temp.work_cell
  select 'genre'::analytics.series_kind, song.genre, null::int, work.quarter, sum(work.plays), sum(work.seconds), sum(work.earnings), true
  from pg_temp.work_series work join analytics.song on song.song = work.subject
  where song.genre is not null group by song.genre, work.quarter
  union all
  select 'platform', 0, null, quarter, sum(plays), sum(seconds), sum(earnings), true from pg_temp.work_series group by quarter;
  perform analytics.store_segments();
  raise notice 'rebuild: series of artists, genres and the platform stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  truncate pg_temp.work_cell;
  insert into pg_temp.work_cell
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
  perform analytics.store_segments();

  create temporary table work_active on commit drop as
  select subject, floor(quarter / 96.0)::int as day, min(quarter) as quarter from pg_temp.work_cell group by 1, 2;
  create temporary table work_day on commit drop as
  select day, bucket.unit, bucket.starts_on
  from (select day, min(quarter) as quarter from pg_temp.work_active group by day) each
  cross join lateral analytics.list_active_buckets(each.quarter) bucket;
  analyze pg_temp.work_day;
  insert into analytics.active_listener (unit, starts_on, listeners)
  select unit, starts_on, count(*)
  from (
    select distinct work_day.unit, work_day.starts_on, work_active.subject
    from pg_temp.work_active join pg_temp.work_day using (day)
  ) active
  group by unit, starts_on;
  raise notice 'rebuild: series of listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);
  analyze analytics.series_recent, analytics.series_segment, analytics.active_listener;
end
$$;

comment on function analytics.rebuild_series() is 'Replaces all series by what the reading of everything found.';
