create or replace function analytics.read_active_listeners(granularity text, last int)
returns table (starts_at timestamptz, ends_at timestamptz, listeners bigint, as_of timestamptz)
language sql stable set search_path from current as $$
  select bounds[place], bounds[place + 1],
    (select count(distinct listener_address) from plays where played_at >= bounds[place] and played_at < bounds[place + 1]), range.as_of
  from analytics.series_range(granularity, last, null, null, 'UTC', null) range
  cross join generate_subscripts(range.bounds, 1) place
  where place <= array_upper(bounds, 1) - 1
  order by place
$$;

comment on function analytics.read_active_listeners(text, int) is
  'How many addresses have played in each of the last buckets (DAY, WEEK, MONTH in UTC), the one of the last refresh included.';
