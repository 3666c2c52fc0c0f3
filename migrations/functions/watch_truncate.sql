-- TRUNCATE of a single partition fires only the triggers of that partition, and a new partition does not inherit them.
create or replace function analytics.watch_truncate() returns void language plpgsql set search_path from current as $$
declare
  part regclass;
begin
  for part in select 'plays'::regclass union select relid from pg_partition_tree('plays'::regclass) loop
    if not exists (select from pg_trigger where tgrelid = part and tgname = 'analytics_truncate') then
      execute format('create trigger analytics_truncate before truncate on %s execute function analytics.request_rebuild()', part);
    end if;
    -- Always: a session in the replica role (a restore, a subscription) must not slip past the capture.
    if exists (select from pg_trigger where tgrelid = part and tgname = 'analytics_truncate' and tgenabled <> 'A') then
      execute format('alter table only %s enable always trigger analytics_truncate', part);
    end if;
  end loop;
end
$$;

comment on function analytics.watch_truncate() is 'Gives every partition of plays the trigger that notices TRUNCATE.';
