-- known: what the last refresh left. until, seen, writer_offset: of this one, whose songs and artists are up to date. Week by
-- week, so that the memory of a song is what the edition before has stored, and no step grows with the history.
create or replace function analytics.close_charts(known analytics.engine, until timestamptz, seen pg_snapshot, writer_offset bigint) returns void
language plpgsql set search_path from current as $$
declare
  started constant timestamptz := clock_timestamp();
  ending constant timestamptz := analytics.chart_week(until);
  beyond constant bigint := pg_snapshot_xmax(seen)::text::bigint + writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + writer_offset from pg_snapshot_xip(seen) id)
    || (pg_current_xact_id()::text::bigint + writer_offset);
  -- No edition begins before the first Friday of the year 1.
  week timestamptz := coalesce(known.charts_closed_until, '0001-01-05 00:00:00+00');
  closed int := 0;
begin
  -- Held by analytics.postpone_charts: a later refresh closes what is due.
  if not pg_try_advisory_xact_lock(hashtextextended('analytics.close_charts', 0)) then return; end if;
  loop
    week := analytics.next_chart_week(week, ending, beyond, in_flight);
    exit when week is null;
    if closed = 0 then
      insert into analytics.chart (genre)
      select null union select genre_name from analytics.song where present except select genre from analytics.chart;
    end if;
    perform analytics.close_chart_week(week, beyond, in_flight, until, known.generation + 1,
      is_backfilled => known.as_of is null or known.as_of >= week + interval '7 days');
    closed := closed + 1;
    week := week + interval '7 days';
    if closed % 10 = 0 then
      raise notice 'charts: % weeks closed, up to %, after % s', closed, week::date, round(extract(epoch from clock_timestamp() - started), 1);
    end if;
  end loop;
  -- Until there are plays of a week that is over, the history may still be to come.
  if closed > 0 or known.charts_closed_until is not null then
    update analytics.engine set charts_closed_until = ending;
  end if;
end
$$;

comment on function analytics.close_charts(analytics.engine, timestamptz, pg_snapshot, bigint) is 'Closes the charts of all weeks that have ended and were not closed before.';
