-- Rows are deleted, not truncated, so that those who read series meanwhile neither wait nor find nothing.
create or replace function analytics.rebuild_series() returns void language plpgsql set search_path = pg_catalog, pg_temp
  set enable_hashagg = on as $$
declare
  started timestamptz := clock_timestamp();
  subject_kind text;
begin
  delete from analytics.series_recent;
  delete from analytics.series_segment;
  delete from analytics.active_listener;

  -- Retired plays are known of songs and of listeners apart from each other.
  create temporary table rebuild_cell on commit drop as
  select song.song, song.artist, song.genre, listener.listener, work.quarter, work.plays, work.seconds, work.earnings
  from pg_temp.work_timed work
  join analytics.song using (song_id)
  join analytics.listener using (listener_address)
  union all
  select song.song, song.artist, song.genre, null, cell.*
  from analytics.retired_series retired
  join analytics.song on song.song_id = retired.key
  cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
  where retired.kind = 'song'
  union all
  select null, null, null, listener.listener, cell.*
  from analytics.retired_series retired
  join analytics.listener on listener.listener_address = retired.key
  cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
  where retired.kind = 'listener';
  analyze pg_temp.rebuild_cell (song, artist, genre, listener, quarter);
  raise notice 'rebuild: plays along time read after % s', round(extract(epoch from clock_timestamp() - started), 1);

  with active as materialized (
    select listener, floor(quarter / 96.0)::int as day, min(quarter) as quarter from pg_temp.rebuild_cell where listener is not null group by 1, 2
  ), bucket as materialized (
    select day, bucket.unit, bucket.starts_on
    from (select day, min(quarter) as quarter from active group by day) each
    cross join lateral analytics.list_active_buckets(each.quarter) bucket
  )
  insert into analytics.active_listener (unit, starts_on, listeners)
  select unit, starts_on, count(*)
  from (select distinct bucket.unit, bucket.starts_on, active.listener from active join bucket using (day)) distinct_active
  group by unit, starts_on;
  raise notice 'rebuild: active listeners counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  -- Each kind of subject is sorted once, by subject and quarter: that order serves the sums and the arrays. Long arrays are cut
  -- in two steps, because cutting a piece out of one reads it from its beginning.
  perform set_config('enable_hashagg', 'off', true);
  foreach subject_kind in array array['song', 'listener', 'artist', 'genre', 'platform'] loop
    execute format($store$
      insert into analytics.series_segment (kind, subject, since, quarters, plays, seconds, earnings)
      select %1$L, subject, block.quarters[first], block.quarters[first:first + 31], block.plays[first:first + 31],
        block.seconds[first:first + 31], block.earnings[first:first + 31]
      from (
        select subject, array_agg(quarter) as quarters, array_agg(plays) as plays, array_agg(seconds) as seconds, array_agg(earnings) as earnings
        from (
          select %2$s as subject, quarter, sum(plays)::int as plays, sum(seconds)::bigint as seconds, sum(earnings) as earnings
          from pg_temp.rebuild_cell where %3$I is not null group by 1, 2 order by 1, 2
        ) cell
        group by subject
      ) whole
      cross join lateral generate_series(1, cardinality(whole.quarters), 1024) at
      cross join lateral (
        select whole.quarters[at:at + 1023] as quarters, whole.plays[at:at + 1023] as plays, whole.seconds[at:at + 1023] as seconds,
          whole.earnings[at:at + 1023] as earnings
        offset 0
      ) block
      cross join lateral generate_series(1, cardinality(block.quarters), 32) first$store$,
      subject_kind, case subject_kind when 'platform' then '0' else quote_ident(subject_kind) end,
      case subject_kind when 'platform' then 'song' else subject_kind end);
  end loop;
  raise notice 'rebuild: series stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  drop table pg_temp.rebuild_cell;
  analyze analytics.series_recent, analytics.series_segment, analytics.active_listener;
end
$$;

comment on function analytics.rebuild_series() is 'Replaces all series by what the reading of everything found.';
