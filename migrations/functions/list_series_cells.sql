-- From `beginning` to before `ending`, in quarters of an hour since 1970; to the last one where `ending` is null. One
-- quarter may come more than once.
create or replace function analytics.list_series_cells(kind analytics.series_kind, subject int, beginning int, ending int)
returns table (quarter int, plays int, seconds bigint, earnings numeric) language sql stable as $$
  select recent.quarter, recent.plays, recent.seconds, recent.earnings
  from analytics.series_recent recent
  where recent.kind = $1 and recent.subject = $2 and recent.quarter >= $3 and ($4 is null or recent.quarter < $4)
  union all
  select cell.quarter, cell.plays, cell.seconds, cell.earnings
  from analytics.series_segment segment
  cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
  where segment.kind = $1 and segment.subject = $2 and ($4 is null or segment.since < $4)
    and segment.since >= coalesce((
      select max(earlier.since) from analytics.series_segment earlier
      where earlier.kind = $1 and earlier.subject = $2 and earlier.since <= $3), $3)
    and cell.quarter >= $3 and ($4 is null or cell.quarter < $4)
$$;

comment on function analytics.list_series_cells(analytics.series_kind, int, int, int) is 'The plays of one subject along time, between two quarters of an hour.';
