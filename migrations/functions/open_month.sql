create or replace function analytics.open_month() returns date language sql stable as $$
  select coalesce(open_month, date_trunc('month', as_of at time zone 'UTC')::date) from analytics.engine
$$;

comment on function analytics.open_month() is 'The first month that is not closed.';
