-- Closes the months that are over at the instant of the refresh. The open month never goes back with the clock.
create or replace function analytics.close_statements(known analytics.engine, until timestamptz) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  current_month constant date := date_trunc('month', until at time zone 'UTC')::date;
  ended date;
begin
  if known.open_month >= current_month then
    return;
  elsif known.open_month is null then
    -- Until then a history may still be imported, which is better closed month by month than booked as adjustments.
    if not exists (
      select from analytics.song where artist is not null and first_played < current_month::timestamp at time zone 'UTC'
    ) then
      return;
    end if;
    perform analytics.backfill_statements(known.generation + 1, until, current_month);
  else
    -- The first one takes the adjustments; after it only months with plays can have statements.
    for ended in
      select known.open_month
      union select starts_on from analytics.active_listener where unit = 'month' and starts_on > known.open_month and starts_on < current_month
      order by 1
    loop
      perform analytics.close_month(known.generation + 1, until, ended);
    end loop;
  end if;
  update analytics.engine set open_month = current_month;
end
$$;

comment on function analytics.close_statements(analytics.engine, timestamptz) is 'Closes the statements of the months that are over.';
