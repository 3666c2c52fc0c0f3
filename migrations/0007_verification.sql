-- The last verification, by the schedule of any gateway or by the command, so that all gateways show the same.

create table analytics.verification (
  is_only boolean primary key default true check (is_only),
  scheduled_for timestamptz,
  ran_at timestamptz,
  duration_ms double precision,
  generation bigint,
  as_of timestamptz,
  differing jsonb,
  bypasses jsonb,
  error text,
  failures bigint not null default 0
);
comment on table analytics.verification is 'The last verification: one row, which is locked while a scheduled one runs.';
comment on column analytics.verification.scheduled_for is 'The tick of the schedule that was done last, so that a gateway whose clock is late leaves it out.';
comment on column analytics.verification.differing is 'Number of rows that differed, by view, or by series, statements and charts; null when the verification failed.';
comment on column analytics.verification.failures is 'Verifications that failed, ever.';

insert into analytics.verification default values;
