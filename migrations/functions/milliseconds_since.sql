create or replace function analytics.milliseconds_since(started timestamptz) returns double precision language sql volatile as $$
  select round((extract(epoch from clock_timestamp() - started) * 1000)::numeric, 3)::double precision
$$;

comment on function analytics.milliseconds_since(timestamptz) is 'For the durations in the ledger.';
