create or replace function analytics.record_refresh_failure(trigger text, started_at timestamptz, error text) returns void language sql as $$
  insert into analytics.refresh_ledger (trigger, started_at, finished_at, duration_ms, error)
  values ($1, $2, clock_timestamp(), analytics.milliseconds_since($2), coalesce($3, 'unknown'))
$$;

comment on function analytics.record_refresh_failure(text, timestamptz, text) is 'Appends a failed refresh to the ledger. To be called in a transaction of its own.';
