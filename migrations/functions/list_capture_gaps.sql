-- Through the triggers for rows every change slips past; a partition without the one for TRUNCATE is watched otherwise.
create or replace function analytics.list_capture_gaps(of_rows boolean) returns setof text
language plpgsql stable set search_path from current set quote_all_identifiers = off as $$
declare
  wanted constant name[] := case when of_rows then analytics.list_row_triggers() else array['analytics_truncate'::name] end;
begin
  return query
    select format('the trigger %s is missing on %s', missing, 'plays'::regclass) from unnest(wanted) missing
    where not exists (select from pg_trigger where tgrelid = 'plays'::regclass and tgname = missing);
  return query
    select format('the trigger %s of %s %s', tgname, relid,
      case tgenabled when 'D' then 'is disabled' else 'does not fire for sessions in the replica role' end)
    from analytics.list_capture_tables() relid join pg_trigger on tgrelid = relid
    where tgname = any (wanted) and tgenabled <> 'A';
  if of_rows then return; end if;
  return query
    select format('the partition %s does not notice TRUNCATE', relid) from analytics.list_capture_tables() relid
    where relid <> 'plays'::regclass
      and not exists (select from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate');
end
$$;

comment on function analytics.list_capture_gaps(boolean) is 'Triggers through whose absence changes of plays, or TRUNCATE, slip past the engine now.';
