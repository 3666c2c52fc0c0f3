-- Bounds are multiples of a quarter of an hour, as the offsets of all zones in use are. Where they are not, they are
-- rounded down: zones kept local mean time until about a hundred years ago, with odd seconds, and America/St_Johns
-- changed its clocks a minute after midnight until 2011. A quarter belongs to the bucket that its last instant is in.
-- generate_series takes a time zone only from PostgreSQL 16 on, so local times are generated and converted.
create or replace function analytics.list_bounds(granularity text, zone text, beginning timestamptz, ending timestamptz) returns timestamptz[]
language plpgsql stable set timezone = 'UTC' as $$
declare
  quarter constant interval := '15 minutes';
  origin constant timestamptz := '4713-01-01 00:00:00+00 BC';
  -- From the start of a quarter to its last instant.
  rest constant interval := quarter - interval '1 microsecond';
  step constant interval := ('1 ' || lower(granularity))::interval;
  starts timestamptz[];
begin
  if granularity = 'HOUR' then
    -- date_trunc to the hour keeps the offset, so that an hour that is repeated in autumn has two values.
    select array_agg(changed.start order by changed.start) into starts
    from (
      select start, lag(hour) over (order by start) as hour_before, hour
      from generate_series(date_bin(quarter, beginning, origin) - interval '2 hours', date_bin(quarter, ending, origin) + interval '2 hours', quarter) start
      cross join lateral (select date_trunc('hour', start + rest, zone) as hour) truncated
    ) changed
    where changed.hour <> changed.hour_before;
  else
    -- Distinct, because a day that a zone skipped begins and ends at the same instant.
    select array_agg(distinct bucket.start) into starts
    from generate_series(
      date_trunc(granularity, beginning at time zone zone) - step,
      date_trunc(granularity, ending at time zone zone) + 2 * step,
      step
    ) local
    cross join lateral (select local at time zone zone as instant) converted
    cross join lateral (
      select case
        when (instant - interval '1 microsecond') at time zone zone < local then date_bin(quarter, instant, origin)
        -- A midnight that the clock showed twice: the day begins with the first one.
        else (
          select max(before) + quarter from generate_series(date_bin(quarter, instant, origin) - interval '26 hours', instant, quarter) before
          where (before + rest) at time zone zone < local
        )
      end as start
    ) bucket;
  end if;
  return array(
    select start from unnest(starts) start
    where start >= (select max(first) from unnest(starts) first where first <= beginning)
      and start <= (select min(last) from unnest(starts) last where last > ending)
    order by start
  );
end
$$;

comment on function analytics.list_bounds(text, text, timestamptz, timestamptz) is
  'The bounds of the buckets (HOUR, DAY, WEEK, MONTH, YEAR of a time zone) that hold the instants from the one to the other: ascending, one more than there are buckets.';
