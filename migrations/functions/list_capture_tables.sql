create or replace function analytics.list_capture_tables() returns setof regclass language sql stable set search_path from current as $$
  select 'plays'::regclass union select relid from pg_partition_tree('plays'::regclass)
$$;

comment on function analytics.list_capture_tables() is 'Plays and all of its partitions.';
