create or replace function analytics.every_series_cell()
returns table (kind analytics.series_kind, subject int, quarter int, plays int, seconds bigint, earnings numeric) language sql stable as $$
  select recent.kind, recent.subject, recent.quarter, recent.plays, recent.seconds, recent.earnings from analytics.series_recent recent
  union all
  select segment.kind, segment.subject, cell.quarter, cell.plays, cell.seconds, cell.earnings
  from analytics.series_segment segment
  cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
$$;

comment on function analytics.every_series_cell() is 'All plays along time; those of one subject and quarter of an hour add up.';
