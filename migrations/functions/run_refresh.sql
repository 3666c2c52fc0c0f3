-- REFRESH MATERIALIZED VIEW CONCURRENTLY itself does not work while quote_all_identifiers is on.
create or replace function analytics.run_refresh(trigger text, at timestamptz, known analytics.engine, forced_reason text, postponed text[] default '{}') returns jsonb
language plpgsql set search_path from current set jit = off set work_mem = '128MB' set maintenance_work_mem = '256MB'
  set default_statistics_target = 2 set timezone = 'UTC' set quote_all_identifiers = off set extra_float_digits = 1 as $$
declare
  started constant timestamptz := clock_timestamp();
  -- Taken after the lock: the instants of the generations follow each other.
  until constant timestamptz := coalesce(at, clock_timestamp());
  phase timestamptz;
  reason text := coalesce(forced_reason, analytics.reason_to_rebuild(known));
  captured_from bigint := known.writer_offset;
  captured_by jsonb;
  read_from oid[];
  compared_with text;
  reading record;
  changed_views text[];
  published record;
  phases jsonb := '{}';
  duration double precision;
  drawn bigint;
begin
  read_from := analytics.hold_partitions();
  -- Before the reading: what is switched off from now on is found by the next refresh.
  captured_by := analytics.current_capture();
  lock table artists, songs in access share mode;
  compared_with := analytics.current_catalogue();
  -- Compare all rows where those that were written since then are not all that can have changed.
  if known.catalogue ->> 'read_from' is distinct from compared_with then known.catalogue := null; end if;
  perform analytics.open_work_tables();
  if reason is null then
    phase := clock_timestamp();
    reading := analytics.read_changes(known, until);
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    reason := coalesce(reading.rebuild_reason, analytics.reason_in_partitions(known), analytics.reason_in_capture(known));
  end if;
  if reason is null then
    perform analytics.renew_plans();
    phase := clock_timestamp();
    perform analytics.apply_dimensions();
    phases := phases || jsonb_build_object('dimensions', analytics.milliseconds_since(phase));
    phase := clock_timestamp();
    perform analytics.apply_changes();
    phases := phases || jsonb_build_object('apply', analytics.milliseconds_since(phase));
    changed_views := analytics.list_changed_views(known, until);
  else
    raise notice 'rebuild: %', reason;
    phase := clock_timestamp();
    captured_from := analytics.step_over_foreign_writers(known);
    captured_by := analytics.current_capture();
    perform analytics.open_work_tables();
    reading := analytics.read_everything(until);
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    raise notice 'rebuild: plays read after % s', round(extract(epoch from clock_timestamp() - phase), 1);
    perform analytics.renew_plans();
    phase := clock_timestamp();
    perform analytics.rebuild_state();
    phases := phases || jsonb_build_object('rebuild', analytics.milliseconds_since(phase));
    changed_views := analytics.list_views();
  end if;

  if known.charts_closed_until is null or known.charts_closed_until <= until - interval '7 days' then
    phase := clock_timestamp();
    perform analytics.close_charts(known, until, reading.seen, captured_from);
    phases := phases || jsonb_build_object('charts', analytics.milliseconds_since(phase));
  end if;

  -- What came too late to be read must be found to have come by the next refresh.
  if analytics.current_partitions() is distinct from read_from or analytics.current_catalogue() is distinct from compared_with then
    raise exception 'partitions or columns came or went while they were read' using errcode = 'serialization_failure',
      hint = 'Nothing has happened. Refresh again.';
  end if;

  phase := clock_timestamp();
  perform analytics.close_statements(known, until);
  phases := phases || jsonb_build_object('statements', analytics.milliseconds_since(phase));

  -- The views take their instant from here, so it has to stand before they are published.
  update analytics.engine set
    generation = known.generation + 1, as_of = until, seen = reading.seen, own_writer = pg_current_xact_id()::text::bigint,
    writer_offset = captured_from, identity = analytics.current_identity(), partitions = read_from, capture = captured_by,
    catalogue = jsonb_build_object('read_from', compared_with, 'artists', reading.artists, 'songs', reading.songs),
    previous_state = known.state, state = analytics.draw_state()
  returning state into drawn;

  phase := clock_timestamp();
  published := analytics.publish(changed_views, case when reason is null then postponed else '{}' end, known);
  phases := phases || jsonb_build_object('publish', analytics.milliseconds_since(phase)) || published.phases;
  if reason is not null then raise notice 'rebuild: views published, % s in all', round(extract(epoch from clock_timestamp() - started), 1); end if;

  duration := analytics.milliseconds_since(started);
  insert into analytics.refresh_ledger (generation, trigger, kind, reason, as_of, started_at, finished_at, duration_ms, rows_changed, phases)
  values (known.generation + 1, run_refresh.trigger, case when reason is null then 'incremental' else 'rebuild' end, reason, until, started,
    clock_timestamp(), duration, published.rows_changed, phases);
  perform pg_notify('analytics_refresh', jsonb_build_object('generation', known.generation + 1, 'state', drawn, 'asOf', until)::text);
  perform analytics.mend_capture(captured_from);
  return analytics.describe_refresh('refreshed', known.generation + 1);
end
$$;

comment on function analytics.run_refresh(text, timestamptz, analytics.engine, text, text[]) is 'The refresh itself; its caller holds the lock.';
