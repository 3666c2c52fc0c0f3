create or replace function analytics.apply_to_active_listeners() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  with change as (
    select bucket.unit, bucket.starts_on, work.subject as listener, sum(work.plays) as plays
    from pg_temp.work_series work
    cross join lateral analytics.list_active_buckets(work.quarter) bucket
    where work.kind = 'l'
    group by bucket.unit, bucket.starts_on, work.subject
    having sum(work.plays) <> 0
  ), judged as (
    select change.unit, change.starts_on, change.plays, case
      -- Mostly the last play so far tells it without looking further.
      when change.plays > 0 and (known.last_played is null or known.last_played < bucket.starts_at) then 0
      when change.plays > 0 and known.last_played < bucket.ends_at then 1
      else (
        select coalesce(sum(cell.plays), 0)
        from analytics.series_segment segment cross join lateral unnest(segment.quarters, segment.plays) cell (quarter, plays)
        where segment.kind = 'l' and segment.subject = change.listener and segment.since < bucket.until_quarter
          and segment.since >= coalesce((
            select max(earlier.since) from analytics.series_segment earlier
            where earlier.kind = 'l' and earlier.subject = change.listener and earlier.since <= bucket.from_quarter), bucket.from_quarter)
          and cell.quarter >= bucket.from_quarter and cell.quarter < bucket.until_quarter)
      end as plays_before
    from change
    join analytics.listener known on known.listener = change.listener
    cross join lateral (
      select starts_at, ends_at, analytics.quarter_of(starts_at) as from_quarter, analytics.quarter_of(ends_at) as until_quarter
      from (
        select change.starts_on::timestamp at time zone 'UTC' as starts_at,
          (change.starts_on + ('1 ' || change.unit)::interval) at time zone 'UTC' as ends_at
      ) instants
    ) bucket
  )
  insert into analytics.active_listener as known (unit, starts_on, listeners)
  select unit, starts_on, sum((plays_before + plays > 0)::int - (plays_before > 0)::int)
  from judged group by unit, starts_on
  having sum((plays_before + plays > 0)::int - (plays_before > 0)::int) <> 0
  on conflict (unit, starts_on) do update set listeners = known.listeners + excluded.listeners;
  delete from analytics.active_listener where listeners = 0;
end
$$;

comment on function analytics.apply_to_active_listeners() is 'Counts the listeners that became active in a day, week or month, or are no longer.';
