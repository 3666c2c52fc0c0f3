-- Adopted plays may be stamped outside of the years 1 to 9999, even infinity. They count in the first or the last month.
create or replace function analytics.month_of(quarter int) returns date language sql immutable as $$
  select date_trunc('month', to_timestamp(greatest(least(quarter, 281558111), -69039552) * 900::bigint) at time zone 'UTC')::date
$$;

comment on function analytics.month_of(int) is 'The month, in UTC, that holds a quarter of an hour.';
