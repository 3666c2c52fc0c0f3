-- Weeks of which plays were retired are passed over: when each of those was played is not known.
create or replace function analytics.next_chart_week(beginning timestamptz, ending timestamptz, beyond bigint, in_flight bigint[]) returns timestamptz
language plpgsql set search_path from current set plan_cache_mode = force_custom_plan as $$
declare
  week timestamptz;
begin
  loop
    select analytics.chart_week(least(
      (select min(played_at) from plays where played_at >= beginning and played_at < ending
        and (analytics_writer is null or (analytics_writer < beyond and analytics_writer <> all (in_flight)))),
      (select min(played_at) from analytics.play_queue where played_at >= beginning and played_at < ending
        and (writer is null or (writer < beyond and writer <> all (in_flight))))
    )) into week;
    if week is null or not analytics.overlaps_retired_month(week) then return week; end if;
    beginning := week + interval '7 days';
  end loop;
end
$$;

comment on function analytics.next_chart_week(timestamptz, timestamptz, bigint, bigint[]) is 'The first week between two instants in which something was played, as a refresh read the plays; null when there is none.';
