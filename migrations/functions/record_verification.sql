-- A failed verification is recorded in a transaction of its own, because the one that failed is undone.
create or replace function analytics.record_verification(started_at timestamptz, scheduled_for timestamptz, verdict jsonb, error text default null) returns void
language sql as $$
  update analytics.verification
  set scheduled_for = coalesce($2, verification.scheduled_for), ran_at = $1, duration_ms = analytics.milliseconds_since($1),
    generation = ($3 ->> 'generation')::bigint, as_of = ($3 ->> 'asOf')::timestamptz,
    differing = $3 -> 'differing', bypasses = $3 -> 'bypasses', error = $4, failures = failures + ($4 is not null)::int
$$;

comment on function analytics.record_verification(timestamptz, timestamptz, jsonb, text) is 'Keeps what verify() returned, or why it failed, as the last verification.';
