-- Before songs and listeners are counted, because the last play of a listener so far tells whether it was active.
create or replace function analytics.apply_to_series() returns void language plpgsql set search_path = pg_catalog, pg_temp
  set enable_mergejoin = off as $$
declare
  capacity constant int := 32;
begin
  create temporary table work_series on commit drop as
  with timed as materialized (
    select song.song, song.artist, song.genre, listener.listener, work.quarter, work.plays, work.seconds, work.earnings
    from pg_temp.work_timed work
    join analytics.song using (song_id)
    join analytics.listener using (listener_address)
  ), moved as materialized (
    -- A song that moves takes what was counted before with it; the new plays are already under its new dimensions.
    select move.old_artist, move.new_artist, move.old_genre, move.new_genre, cell.quarter, cell.plays, cell.seconds, cell.earnings
    from pg_temp.work_move move
    join analytics.series_segment segment on segment.kind = 's' and segment.subject = move.song
    cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
  )
  select kind, subject, quarter, sum(plays)::int as plays, sum(seconds)::bigint as seconds, sum(earnings) as earnings
  from (
    select 'p'::"char" as kind, 0 as subject, quarter, plays, seconds, earnings from timed
    union all select 'g', genre, quarter, plays, seconds, earnings from timed
    union all select 'a', artist, quarter, plays, seconds, earnings from timed
    union all select 's', song, quarter, plays, seconds, earnings from timed
    union all select 'l', listener, quarter, plays, seconds, earnings from timed
    union all select 'g', old_genre, quarter, -plays, -seconds, -earnings from moved
    union all select 'g', new_genre, quarter, plays, seconds, earnings from moved
    union all select 'a', old_artist, quarter, -plays, -seconds, -earnings from moved
    union all select 'a', new_artist, quarter, plays, seconds, earnings from moved
  ) change
  where subject is not null
  group by kind, subject, quarter
  having sum(plays) <> 0 or sum(seconds) <> 0 or sum(earnings) <> 0;

  perform analytics.apply_to_active_listeners();

  create temporary table work_segment on commit drop as
  select kind, subject, since, count(*)::int as cells, array_agg(quarter) as quarters, array_agg(plays) as plays,
    array_agg(seconds) as seconds, array_agg(earnings) as earnings
  from (
    select change.*, (
      select segment.since from analytics.series_segment segment
      where segment.kind = change.kind and segment.subject = change.subject and segment.since <= change.quarter
      order by segment.since desc limit 1) as since
    from pg_temp.work_series change
  ) placed
  group by kind, subject, since;
  analyze pg_temp.work_segment;

  with appended as (
    update analytics.series_segment segment set
      quarters = segment.quarters || work.quarters, plays = segment.plays || work.plays,
      seconds = segment.seconds || work.seconds, earnings = segment.earnings || work.earnings
    from pg_temp.work_segment work
    where segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since
      and cardinality(segment.quarters) + work.cells <= capacity
    returning segment.kind, segment.subject, segment.since
  )
  delete from pg_temp.work_segment work using appended
  where work.kind = appended.kind and work.subject = appended.subject and work.since = appended.since;

  -- What does not fit is packed anew: cells of the same quarter become one, and what was taken away altogether goes.
  create temporary table work_cell on commit drop as
  select kind, subject, since, quarter, sum(plays)::int as plays, sum(seconds)::bigint as seconds, sum(earnings) as earnings,
    not exists (
      select from analytics.series_segment later
      where later.kind = cell.kind and later.subject = cell.subject and later.since > coalesce(cell.since, -2147483648)
    ) as is_last
  from (
    select work.kind, work.subject, work.since, cell.*
    from pg_temp.work_segment work
    cross join lateral unnest(work.quarters, work.plays, work.seconds, work.earnings) cell (quarter, plays, seconds, earnings)
    union all
    select work.kind, work.subject, work.since, cell.*
    from pg_temp.work_segment work
    join analytics.series_segment segment on segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since
    cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
  ) cell
  group by kind, subject, since, quarter
  having sum(plays) <> 0 or sum(seconds) <> 0 or sum(earnings) <> 0;

  delete from analytics.series_segment segment using pg_temp.work_segment work
  where segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since;
  perform analytics.store_segments();
end
$$;

comment on function analytics.apply_to_series() is 'Adds what was read to the series of the platform, genres, artists, songs and listeners.';
