create or replace function analytics.list_bypasses() returns setof text
language plpgsql set search_path from current set quote_all_identifiers = off as $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine;
  return query select gap from analytics.list_capture_gaps(of_rows => true) gap;
  return query select gap from analytics.list_capture_gaps(of_rows => false) gap;
  if known.seen is not null and not known.partitions <@ analytics.current_partitions() then
    return next 'a partition of plays was detached or dropped since the last refresh; the next refresh rebuilds';
  end if;
  if known.seen is not null and coalesce(analytics.reason_to_rebuild(known), analytics.reason_in_capture(known)) is not null then
    return next coalesce(analytics.reason_to_rebuild(known), analytics.reason_in_capture(known)) || '; the next refresh rebuilds';
  end if;
  if current_setting('session_replication_role') <> 'origin' then
    return next format('this session runs in the replication role %s', current_setting('session_replication_role'));
  end if;
end
$$;

comment on function analytics.list_bypasses() is 'Everything that would let changes of plays slip past the capture.';
