create or replace function analytics.ensure_play_partitions(months_ahead int default 2, at timestamptz default now())
returns table (partition_name text, outcome text)
language sql set search_path from current set timezone = 'UTC' as $$
  select made.partition_name, made.outcome
  from analytics.ensure_play_partitions_between(at, at + make_interval(months => months_ahead)) made
$$;

comment on function analytics.ensure_play_partitions(int, timestamptz) is 'Makes the partitions of this month and of the months ahead. To be called every hour or so.';
