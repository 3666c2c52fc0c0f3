create or replace function analytics.apply_to_active_listeners() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  with bucket as materialized (
    -- Changes of many listeners are in few quarters.
    select each.quarter, bucket.unit, bucket.starts_on, bucket.starts_on::timestamp at time zone 'UTC' as starts_at,
      (bucket.starts_on + ('1 ' || bucket.unit)::interval) at time zone 'UTC' as ends_at
    from (select distinct quarter from pg_temp.work_series where kind = 'listener') each
    cross join lateral analytics.list_active_buckets(each.quarter) bucket
  ), change as materialized (
    select counted.*, case
      -- Mostly the last play so far tells it without looking further.
      when counted.plays < 0 then null
      when known.last_played is null or known.last_played < counted.starts_at then false
      when known.last_played < counted.ends_at then true
    end as was_active
    from (
      select work.subject as listener, bucket.unit, bucket.starts_on, bucket.starts_at, bucket.ends_at, sum(work.plays) as plays
      from pg_temp.work_series work join bucket using (quarter)
      where work.kind = 'listener'
      group by work.subject, bucket.unit, bucket.starts_on, bucket.starts_at, bucket.ends_at
      having sum(work.plays) <> 0
    ) counted
    join analytics.listener known using (listener)
  ), range as (
    select listener, analytics.quarter_of(min(starts_at)) as beginning, analytics.quarter_of(max(ends_at)) as ending
    from change where was_active is null group by listener
  ), before as (
    select range.listener, bucket.unit, bucket.starts_on, sum(cell.plays) as plays
    from range
    cross join lateral analytics.list_series_cells('listener', range.listener, range.beginning, range.ending) cell
    cross join lateral analytics.list_active_buckets(cell.quarter) bucket
    group by range.listener, bucket.unit, bucket.starts_on
  ), turn as (
    select unit, starts_on, case
      when change.was_active is not null then (not change.was_active)::int
      else (coalesce(before.plays, 0) + change.plays > 0)::int - (coalesce(before.plays, 0) > 0)::int
    end as turn
    from change left join before using (listener, unit, starts_on)
  )
  insert into analytics.active_listener as known (unit, starts_on, listeners)
  select unit, starts_on, sum(turn) from turn group by unit, starts_on having sum(turn) <> 0
  on conflict (unit, starts_on) do update set listeners = known.listeners + excluded.listeners;
  delete from analytics.active_listener where listeners = 0;
end
$$;

comment on function analytics.apply_to_active_listeners() is 'Counts the listeners that became active in a day, week or month, or are no longer.';
