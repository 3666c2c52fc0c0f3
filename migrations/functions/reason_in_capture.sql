-- To be asked after the changes were read: what was switched off before is seen by then.
create or replace function analytics.reason_in_capture(known analytics.engine) returns text language plpgsql set search_path from current as $$
declare
  gap text;
begin
  select * into gap from analytics.list_capture_gaps(of_rows => true) limit 1;
  if found then return 'changes of plays may not have been captured: ' || gap; end if;
  if known.capture is null then return 'the version before did not count plays that arrived with a stamp'; end if;
  if exists (
    select from jsonb_each(known.capture) before (relid, what) join jsonb_each(analytics.current_capture()) now (relid, what) using (relid)
    where before.what -> 'rows' <> now.what -> 'rows' or case when before.what ->> 'truncate' is null
      then before.what -> 'file' <> now.what -> 'file' else before.what -> 'truncate' <> now.what -> 'truncate' end
  ) then
    return 'triggers of plays were changed, so that changes may not have been captured';
  end if;
  return null;
end
$$;

comment on function analytics.reason_in_capture(analytics.engine) is 'Whether changes of plays may have slipped past the triggers since the last refresh.';
