create or replace function analytics.chart_week(at timestamptz) returns timestamptz language sql immutable as $$
  select date_bin('7 days', at, '2000-01-07 00:00:00+00')
$$;

comment on function analytics.chart_week(timestamptz) is 'When the week of charts that holds an instant begins: Friday 00:00 UTC.';
