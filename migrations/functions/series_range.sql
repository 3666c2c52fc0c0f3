-- A range that is longer than an answer may have is cut to 1,002 steps, so that nothing long is made; that is more than
-- 1,000 buckets, by which the gateway knows it.
create or replace function analytics.series_range(
  granularity text, last int, from_at timestamptz, to_at timestamptz, zone text, compare_to text,
  out as_of timestamptz, out bounds timestamptz[], out previous_bounds timestamptz[], out previous_until timestamptz
) language plpgsql stable set timezone = 'UTC' as $$
declare
  step constant interval := ('1 ' || lower(granularity))::interval;
  year_before constant interval := case granularity when 'WEEK' then interval '52 weeks' else interval '1 year' end;
  ending timestamptz;
  size int;
  earlier timestamptz;
begin
  select engine.as_of into as_of from analytics.engine;
  if as_of is null or not analytics.knows_time_zone(zone) then
    return;
  end if;
  ending := coalesce(to_at - interval '1 microsecond', as_of);
  if from_at > ending then
    bounds := '{}';
    return;
  end if;
  if from_at is null then
    -- Two steps more than needed, because buckets differ in length and a zone may skip a day.
    bounds := analytics.list_bounds(granularity, zone, ending - (last + 2) * step, ending);
    bounds := bounds[cardinality(bounds) - last:];
  else
    bounds := analytics.list_bounds(granularity, zone, greatest(from_at, ending - 1002 * step), ending);
  end if;
  size := cardinality(bounds) - 1;
  if compare_to is null or size > 1000 then
    return;
  end if;
  if compare_to = 'PREVIOUS_YEAR' then
    earlier := (bounds[1] at time zone zone - year_before) at time zone zone;
    previous_bounds := (analytics.list_bounds(granularity, zone, earlier, earlier + (size + 2) * step))[:size + 1];
  else
    earlier := bounds[1] - interval '1 microsecond';
    previous_bounds := analytics.list_bounds(granularity, zone, earlier - (size + 2) * step, earlier);
    previous_bounds := previous_bounds[cardinality(previous_bounds) - size:];
  end if;
  previous_until := case
    when as_of >= bounds[size + 1] then previous_bounds[size + 1]
    else least(
      previous_bounds[size + 1],
      date_bin('15 minutes', previous_bounds[1] + greatest(as_of - bounds[1], interval '0'), '4713-01-01 00:00:00+00 BC')
    )
  end;
end
$$;

comment on function analytics.series_range(text, int, timestamptz, timestamptz, text, text) is
  'The buckets of a series: the last ones up to the last refresh or to an instant, or those from an instant on; with compare_to (PREVIOUS_PERIOD, PREVIOUS_YEAR) as many before them, and up to where these are as old as the first ones at the last refresh. bounds is null for an unknown time zone and empty where from_at is after the end.';
