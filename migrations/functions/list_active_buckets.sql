create or replace function analytics.list_active_buckets(quarter int) returns table (unit text, starts_on date)
language sql stable as $$
  select unit, date_trunc(unit, to_timestamp(quarter * 900::bigint) at time zone 'UTC')::date
  from (values ('day'), ('week'), ('month')) units (unit)
$$;

comment on function analytics.list_active_buckets(int) is 'The day, week and month, in UTC, that hold a quarter of an hour.';
