create or replace function analytics.reason_not_to_revise(week timestamptz) returns text language sql stable set search_path from current as $$
  select case
    when analytics.overlaps_retired_month(week) then 'plays of this week were retired'
    when engine.seen is null or analytics.reason_to_rebuild(engine) is not null or exists (select from analytics.rebuild_request)
      or not engine.partitions <@ analytics.current_partitions()
    then 'plays that the last refresh counted are gone; the next refresh counts anew'
  end
  from analytics.engine
$$;

comment on function analytics.reason_not_to_revise(timestamptz) is 'Why the charts of a week cannot be counted as at the last refresh; null when they can.';
