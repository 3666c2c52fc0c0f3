create or replace function analytics.ensure_play_partitions_between(from_instant timestamptz, to_instant timestamptz)
returns table (partition_name text, outcome text)
language sql set search_path from current set timezone = 'UTC' as $$
  select 'plays_' || to_char(month, 'YYYY_MM'), made.outcome
  from generate_series(date_trunc('month', from_instant), to_instant, interval '1 month') month,
    lateral (
      select case
        when not analytics.is_partitioned_by_month() then null
        when exists (
          select from analytics.list_play_ranges() range
          where range.beginning < month + interval '1 month' and range.ending > month) then null
        else analytics.ensure_play_partition(month) end as outcome
    ) made
  where made.outcome is not null
$$;

comment on function analytics.ensure_play_partitions_between(timestamptz, timestamptz) is 'Makes the missing partitions of all months from one instant to another; says what became of each.';
