create or replace function analytics.list_play_ranges() returns table (name text, beginning timestamptz, ending timestamptz)
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
