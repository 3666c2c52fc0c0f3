create or replace function analytics.is_partitioned_by_month() returns boolean
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

comment on function analytics.is_partitioned_by_month() is 'Whether the gateway makes the partitions of plays: not where they follow a scheme of the user''s.';
