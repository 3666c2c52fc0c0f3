-- Every eighth of the subjects that changed, another one in each refresh: so the recent rows of a subject stay few, and it
-- costs little each time. Refreshes of few changes pack every eighth time.
create or replace function analytics.pack_series() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  generation constant bigint := (select engine.generation from analytics.engine);
  has_few constant boolean := (select count(*) < 50 from pg_temp.work_series);
  turn constant bigint := case when has_few then generation / 8 else generation end % 8;
begin
  if has_few and generation % 8 <> 0 or not exists (select from pg_temp.work_series where subject % 8 = turn) then
    return;
  end if;
  with touched as (
    select kind, subject, (
      select max(segment.since) from analytics.series_segment segment
      where segment.kind = work.kind and segment.subject = work.subject) as last
    from pg_temp.work_series work where subject % 8 = turn group by kind, subject
  ), recent as (
    delete from analytics.series_recent recent using touched
    where recent.kind = touched.kind and recent.subject = touched.subject
    returning recent.*, touched.last
  )
  insert into pg_temp.work_segment
  select kind, subject, since, count(*)::int as cells, array_agg(quarter) as quarters, array_agg(plays) as plays,
    array_agg(seconds) as seconds, array_agg(earnings) as earnings
  from (
    select recent.*, case
      -- Most plays come last.
      when recent.quarter >= recent.last then recent.last
      else (
        select segment.since from analytics.series_segment segment
        where segment.kind = recent.kind and segment.subject = recent.subject and segment.since <= recent.quarter
        order by segment.since desc limit 1)
    end as since
    from recent
  ) placed
  group by kind, subject, since;

  with appended as (
    update analytics.series_segment segment set
      quarters = segment.quarters || work.quarters, plays = segment.plays || work.plays,
      seconds = segment.seconds || work.seconds, earnings = segment.earnings || work.earnings
    from pg_temp.work_segment work
    where segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since
      and cardinality(segment.quarters) + work.cells <= 32
    returning segment.kind, segment.subject, segment.since
  )
  delete from pg_temp.work_segment work using appended
  where work.kind = appended.kind and work.subject = appended.subject and work.since = appended.since;

  -- Rows that would grow too long are made anew: cells of the same quarter become one, and those that came to nothing go.
  insert into pg_temp.work_cell
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

comment on function analytics.pack_series() is 'Moves recent rows of some subjects that changed into arrays.';
