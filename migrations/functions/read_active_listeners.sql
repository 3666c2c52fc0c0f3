-- granularity: DAY, WEEK or MONTH.
create or replace function analytics.read_active_listeners(granularity text, last int)
returns table (starts_at timestamptz, ends_at timestamptz, listeners bigint, as_of timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select bucket.starts_on::timestamp at time zone 'UTC',
    (bucket.starts_on + ('1 ' || granularity)::interval) at time zone 'UTC', coalesce(active.listeners, 0), engine.as_of
  from analytics.engine
  cross join generate_series(last - 1, 0, -1) back
  cross join lateral (
    select (date_trunc(granularity, engine.as_of at time zone 'UTC') - back * ('1 ' || granularity)::interval)::date as starts_on
  ) bucket
  left join analytics.active_listener active on active.unit = lower(granularity) and active.starts_on = bucket.starts_on
  order by bucket.starts_on
$$;

comment on function analytics.read_active_listeners(text, int) is 'Distinct listeners of the last days, weeks or months in UTC, the current one included.';
