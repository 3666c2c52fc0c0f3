-- At the end of a refresh, because the locks are held until the transaction ends. What slipped past until then is found
-- by the next refresh, because this one keeps what it saw before.
create or replace function analytics.mend_capture(writer_offset bigint) returns void
language plpgsql set search_path from current set lock_timeout = '300ms' as $$
begin
  -- Writers wait for these two, readers do not.
  if exists (select from analytics.list_capture_gaps(of_rows => false)) then
    perform analytics.watch_truncate();
    -- Since the plays were read their tables are held against TRUNCATE, so that the triggers count from then on.
    update analytics.engine set capture = (
      select jsonb_object_agg(relid, before.what || jsonb_build_object('truncate', now.what -> 'truncate'))
      from jsonb_each(capture) before (relid, what) left join jsonb_each(analytics.current_capture()) now (relid, what) using (relid));
  end if;
  if exists (select from analytics.list_capture_gaps(of_rows => true)) then perform analytics.enable_capture(); end if;
  if exists (select from analytics.list_capture_gaps(of_rows => true)) then perform analytics.capture_from(writer_offset); end if;
exception when lock_not_available or insufficient_privilege then
  raise warning 'the triggers that capture changes of plays could not be put back: %', sqlerrm
    using hint = format('As the owner of plays: select analytics.capture_from(%s)', writer_offset);
end
$$;

comment on function analytics.mend_capture(bigint) is 'Puts triggers of the capture back, unless the table is busy.';
