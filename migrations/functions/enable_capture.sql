-- Always: a session in the replica role (a restore, a subscription) must not slip past the capture.
create or replace function analytics.enable_capture() returns void language plpgsql set search_path from current as $$
declare
  part regclass;
  name text;
begin
  for part, name in
    select tgrelid, tgname from analytics.list_capture_tables() relid join pg_trigger on tgrelid = relid
    where (tgname = any (analytics.list_row_triggers()) or tgname = 'analytics_truncate') and tgenabled <> 'A'
  loop
    execute format('alter table only %s enable always trigger %I', part, name);
  end loop;
end
$$;

comment on function analytics.enable_capture() is 'Lets the triggers of the capture fire in every session.';
