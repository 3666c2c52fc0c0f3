create or replace function analytics.refuse_to_change_editions() returns trigger language plpgsql as $$
begin
  raise exception 'closed chart editions are never changed' using errcode = 'object_not_in_prerequisite_state',
    detail = format('This was %s of %s.', tg_op, tg_relid::regclass),
    hint = 'What late plays and corrections would have made of an edition is in analytics.revise_charts.';
end
$$;

comment on function analytics.refuse_to_change_editions() is 'Refuses UPDATE, DELETE and TRUNCATE of what was closed.';

create or replace trigger analytics_closed before update or delete or truncate on analytics.chart
  for each statement execute function analytics.refuse_to_change_editions();
create or replace trigger analytics_closed before update or delete or truncate on analytics.chart_edition
  for each statement execute function analytics.refuse_to_change_editions();
create or replace trigger analytics_closed before update or delete or truncate on analytics.chart_entry
  for each statement execute function analytics.refuse_to_change_editions();
