-- An adopted plays may be partitioned in a way of its user's own: by year, by hash, by list, by month of another time
-- zone. A month of ours would overlap or make no sense there, so partitions are made only where the newest one is a month
-- of ours or there is none yet, and only for months that no partition covers.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

create function analytics.list_play_ranges() returns table (name text, beginning timestamptz, ending timestamptz)
language sql stable set search_path from current set timezone = 'UTC' set datestyle = 'ISO' as $$
  select relname::text,
    case when bound like '%FROM (MINVALUE)%' then '-infinity' else substring(bound from 'FROM \(''([^'']+)''')::timestamptz end,
    case when bound like '%TO (MAXVALUE)%' then 'infinity' else substring(bound from 'TO \(''([^'']+)''')::timestamptz end
  from pg_partitioned_table
  join pg_inherits on inhparent = partrelid
  join pg_class on pg_class.oid = inhrelid
  cross join lateral (select pg_get_expr(relpartbound, pg_class.oid) as bound) shown
  where partrelid = 'plays'::regclass and partstrat = 'r' and partnatts = 1 and bound <> 'DEFAULT'
    and partattrs[0] = (select attnum from pg_attribute where attrelid = partrelid and attname = 'played_at')
$$;
comment on function analytics.list_play_ranges() is 'The partitions of plays by time, without the default one; none where it is partitioned otherwise.';

create function analytics.is_partitioned_by_month() returns boolean
language sql stable set search_path from current set timezone = 'UTC' as $$
  select exists (
      select from pg_partitioned_table
      where partrelid = 'plays'::regclass and partstrat = 'r' and partnatts = 1
        and partattrs[0] = (select attnum from pg_attribute where attrelid = partrelid and attname = 'played_at'))
    and coalesce((
      select name = 'plays_' || to_char(beginning, 'YYYY_MM') and beginning = date_trunc('month', beginning)
        and ending = beginning + interval '1 month'
      from analytics.list_play_ranges() order by beginning desc limit 1), true)
$$;
comment on function analytics.is_partitioned_by_month() is 'Whether the gateway makes the partitions of plays. Where they follow another scheme, they are left to whoever made it.';

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
