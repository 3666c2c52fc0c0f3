create or replace function analytics.current_partitions() returns oid[] language sql stable set search_path from current as $$
  select array(select relid::oid from pg_partition_tree('plays'::regclass) where isleaf order by relid)
$$;

comment on function analytics.current_partitions() is 'The tables that hold the plays.';
