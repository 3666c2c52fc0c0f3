-- One refresh, the same for psql, pg_cron and the gateway: lock, read, apply, publish, record, announce, all in the
-- transaction of the caller. If anything fails, nothing has happened.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

-- Transaction ids mean something only in the cluster that gave them. A dump restored elsewhere, a replica that was
-- promoted, a copy of the database: each differs in one of these parts.
create function analytics.current_identity() returns text language plpgsql stable set search_path from current as $$
declare
  cluster text;
begin
  begin
    select system_identifier::text into cluster from pg_control_system();
  exception when insufficient_privilege then
    cluster := 'hidden';
  end;
  return concat_ws('/', cluster, (select oid from pg_database where datname = current_database()), 'analytics.engine'::regclass::oid, 'plays'::regclass::oid);
end
$$;
comment on function analytics.current_identity() is 'What the transaction ids that the engine remembers belong to.';

create function analytics.current_partitions() returns oid[] language sql stable set search_path from current as $$
  select array(select relid::oid from pg_partition_tree('plays'::regclass) where isleaf order by relid)
$$;
comment on function analytics.current_partitions() is 'The tables that hold the plays.';

-- Why the changes alone would not do; null when they do.
create function analytics.reason_to_rebuild(known analytics.engine) returns text language plpgsql set search_path from current as $$
begin
  if known.seen is null then return 'the views were never filled'; end if;
  if known.identity is distinct from analytics.current_identity()
    or pg_snapshot_xmax(known.seen) > pg_snapshot_xmax(pg_current_snapshot())
  then
    return 'the engine''s state comes from another cluster, database or table';
  end if;
  return null;
end
$$;
comment on function analytics.reason_to_rebuild(analytics.engine) is 'Whether the state can be carried on.';

-- Partitions come and go without a trigger. One that vanished took its plays along; one that arrived may have brought some.
create function analytics.reason_in_partitions(known analytics.engine) returns text language plpgsql set search_path from current as $$
declare
  now constant oid[] := analytics.current_partitions();
  arrived oid;
  has_old boolean;
begin
  if now = known.partitions then return null; end if;
  if not known.partitions <@ now then return 'a partition of plays was detached or dropped'; end if;
  foreach arrived in array now loop
    continue when arrived = any (known.partitions);
    execute format('select exists (select from %s where analytics_writer is null or (analytics_writer < $1 and analytics_writer <> all ($2)))', arrived::regclass)
      into has_old
      using pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset,
        array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id) || (known.own_writer + known.writer_offset);
    if has_old then return format('the partition %s was attached with plays in it', arrived::regclass); end if;
  end loop;
  return null;
end
$$;
comment on function analytics.reason_in_partitions(analytics.engine) is 'Whether partitions changed in a way that the capture cannot see.';

-- See capture_from: ids that lie ahead of this cluster would look new to every refresh.
create function analytics.step_over_foreign_writers(known analytics.engine) returns bigint language plpgsql set search_path from current as $$
declare
  highest bigint;
begin
  select max(analytics_writer) into highest from plays
  where analytics_writer >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint + known.writer_offset
    and analytics_writer <> pg_current_xact_id()::text::bigint + known.writer_offset
    and (analytics_writer < known.writer_offset
      or not pg_visible_in_snapshot((analytics_writer - known.writer_offset)::text::xid8, pg_current_snapshot()));
  if highest is null then return known.writer_offset; end if;
  perform analytics.capture_from(highest + 1);
  return highest + 1;
end
$$;
comment on function analytics.step_over_foreign_writers(analytics.engine) is 'Moves the capture above ids of another cluster; returns the offset that holds from now on.';

create function analytics.refuse_own_writes() returns void language plpgsql as $$
begin
  raise exception 'a refresh cannot run in a transaction that wrote plays'
    using errcode = 'active_sql_transaction',
      detail = 'Plays that this transaction writes after the refresh could not be told from those that it wrote before.',
      hint = 'Commit first, then refresh.';
end
$$;

-- The statistics target is for REFRESH, which analyzes a copy of each view that it reads twice and then drops.
create function analytics.run_refresh(trigger text, at timestamptz, known analytics.engine, forced_reason text) returns jsonb
language plpgsql set search_path from current set jit = off set work_mem = '128MB' set maintenance_work_mem = '256MB'
  set default_statistics_target = 2 set timezone = 'UTC' as $$
declare
  started constant timestamptz := clock_timestamp();
  -- Taken after the lock: the instants of the generations follow each other.
  until constant timestamptz := coalesce(at, clock_timestamp());
  phase timestamptz;
  reason text := coalesce(forced_reason, analytics.reason_to_rebuild(known));
  captured_from bigint := known.writer_offset;
  reading record;
  published record;
  phases jsonb := '{}';
  duration double precision;
  result jsonb;
begin
  perform analytics.open_work_tables();
  if reason is null then
    phase := clock_timestamp();
    reading := analytics.read_changes(known, until);
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    reason := coalesce(reading.rebuild_reason, analytics.reason_in_partitions(known));
  end if;
  if reason is null then
    phase := clock_timestamp();
    perform analytics.apply_dimensions();
    phases := phases || jsonb_build_object('dimensions', analytics.milliseconds_since(phase));
    phase := clock_timestamp();
    perform analytics.apply_changes();
    phases := phases || jsonb_build_object('apply', analytics.milliseconds_since(phase));
  else
    raise notice 'rebuild: %', reason;
    phase := clock_timestamp();
    if known.identity is distinct from analytics.current_identity() then
      captured_from := analytics.step_over_foreign_writers(known);
    end if;
    perform analytics.open_work_tables();
    reading := analytics.read_everything(until);
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    raise notice 'rebuild: plays read after % s', round(extract(epoch from clock_timestamp() - phase), 1);
    phase := clock_timestamp();
    perform analytics.rebuild_state();
    phases := phases || jsonb_build_object('rebuild', analytics.milliseconds_since(phase));
  end if;

  -- The views take their instant from here, so it has to stand before they are published.
  update analytics.engine set
    generation = known.generation + 1, as_of = until, seen = reading.seen, own_writer = pg_current_xact_id()::text::bigint,
    writer_offset = captured_from, identity = analytics.current_identity(), partitions = analytics.current_partitions();

  phase := clock_timestamp();
  published := analytics.publish();
  phases := phases || jsonb_build_object('publish', analytics.milliseconds_since(phase)) || published.phases;
  if reason is not null then raise notice 'rebuild: views published, % s in all', round(extract(epoch from clock_timestamp() - started), 1); end if;

  perform analytics.close_work_tables();
  duration := analytics.milliseconds_since(started);
  insert into analytics.refresh_ledger (generation, trigger, kind, reason, as_of, started_at, finished_at, duration_ms, rows_changed, phases)
  values (known.generation + 1, run_refresh.trigger, case when reason is null then 'incremental' else 'rebuild' end, reason, until, started,
    clock_timestamp(), duration, published.rows_changed, phases);
  perform pg_notify('analytics_refresh', jsonb_build_object('generation', known.generation + 1, 'asOf', until)::text);
  return analytics.describe_refresh('refreshed', known.generation + 1);
end
$$;
comment on function analytics.run_refresh(text, timestamptz, analytics.engine, text) is 'The refresh itself; its caller holds the lock.';

create function analytics.describe_refresh(outcome text, of_generation bigint) returns jsonb language sql stable as $$
  select jsonb_build_object('outcome', outcome, 'generation', generation, 'kind', kind, 'reason', reason, 'asOf', as_of,
    'durationMs', duration_ms, 'rowsChanged', rows_changed, 'phases', phases)
  from analytics.refresh_ledger where generation = of_generation
$$;
comment on function analytics.describe_refresh(text, bigint) is 'What a refresh answers.';

-- The lock is the row of the engine: it ends with the transaction, also behind a transaction pooler and also when the
-- connection is killed. A caller in REPEATABLE READ with a snapshot older than the last refresh gets a serialization
-- error from it, so that nothing is ever counted twice.
create function analytics.refresh(trigger text default 'sql', at timestamptz default null, wait boolean default false) returns jsonb
language plpgsql set search_path from current as $$
declare
  before bigint;
  known analytics.engine;
begin
  select generation into before from analytics.engine;
  select * into known from analytics.engine for update skip locked;
  if not found then
    if not wait then return jsonb_build_object('outcome', 'running', 'generation', before); end if;
    select * into known from analytics.engine for update;
  end if;
  -- Whoever waited gets the result of the one that was running, unless that one failed.
  if wait and known.generation > before then return analytics.describe_refresh('joined', known.generation); end if;
  return analytics.run_refresh(trigger, at, known, null);
end
$$;
comment on function analytics.refresh(text, timestamptz, boolean) is 'Brings all six views to one instant, at the cost of what changed. When another refresh is running: says so at once, or waits for its result.';

create function analytics.rebuild(trigger text default 'sql', at timestamptz default null) returns jsonb
language plpgsql set search_path from current as $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine for update;
  return analytics.run_refresh(trigger, at, known, 'asked for');
end
$$;
comment on function analytics.rebuild(text, timestamptz) is 'Recomputes everything from the tables. Waits for a running refresh.';

create function analytics.record_refresh_failure(trigger text, started_at timestamptz, error text) returns void language sql as $$
  insert into analytics.refresh_ledger (trigger, started_at, finished_at, duration_ms, error)
  values ($1, $2, clock_timestamp(), analytics.milliseconds_since($2), coalesce($3, 'unknown'))
$$;
comment on function analytics.record_refresh_failure(text, timestamptz, text) is 'Appends a failed refresh to the ledger. To be called in a transaction of its own.';

create function refresh_all_materialized_views() returns jsonb language sql set search_path from current as $$
  select analytics.refresh('sql')
$$;
comment on function refresh_all_materialized_views() is 'Brings all six materialized views to one instant.';

create function refresh_artist_views(address text) returns jsonb language plpgsql set search_path from current as $$
begin
  if not exists (select from artists where artist_address = address) then
    raise exception 'there is no artist with the address %', coalesce(address, 'null')
      using errcode = 'no_data_found', hint = 'Expected a value of artists.artist_address.';
  end if;
  return analytics.refresh('sql');
end
$$;
comment on function refresh_artist_views(text) is 'Moves the numbers of one artist, by the whole cycle: it is cheap, and the views stay at one instant.';
