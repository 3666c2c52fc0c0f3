-- The caller holds the lock of plays. The new table is filled and attached by it.
create or replace function analytics.create_play_table(partition_name text) returns void
language plpgsql set search_path from current as $$
begin
  execute format('create table %I (like plays including defaults including constraints including storage)', partition_name);
end
$$;

comment on function analytics.create_play_table(text) is 'Makes a table that can be attached to plays as a partition.';
