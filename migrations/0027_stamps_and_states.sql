-- A play that arrives with analytics_writer filled in (a copy of whole rows, a data-only dump, logical replication) was
-- taken for one that had long been counted. A trigger now stamps every row that does not carry the id of the transaction
-- that inserts it. It fires for those rows only; for all others its condition is one comparison. What the triggers did
-- not see (they were disabled, dropped, or the partition was detached meanwhile) leads to a rebuild.
-- Two databases that began as one, as a dump and where it was taken, come to the same generation with other numbers. So
-- each refresh also draws a random state, which nobody else can have come to, and names the state that it started from.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

alter table analytics.engine add column capture jsonb;
-- 48 random bits: they fit into a number of JavaScript, and stand beside every row that is read.
create function analytics.draw_state() returns bigint language sql volatile as $$
  select ('x' || right(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint
$$;
comment on function analytics.draw_state() is 'A random name for what the views show.';
alter table analytics.engine add column state bigint not null default analytics.draw_state();
alter table analytics.engine add column previous_state bigint;
comment on column analytics.engine.state is 'Names what the views show: drawn anew by each refresh, so that no other history comes to it.';
comment on column analytics.engine.previous_state is 'The state that the last refresh started from.';
comment on column analytics.engine.capture is 'What captured the changes of plays when they were last read: a digest for each table that holds them.';

-- The older name of pg_current_xact_id(), see capture_from.
create or replace function analytics.stamp_play() returns trigger language plpgsql as $$
begin
  new.analytics_writer := txid_current() + tg_argv[0]::bigint;
  return new;
end
$$;
comment on function analytics.stamp_play() is 'An inserted or updated play belongs to the transaction that wrote it, whatever it says itself.';

create or replace function analytics.capture_from(writer_offset bigint) returns void language plpgsql set search_path from current as $$
declare
  part regclass;
  name text;
begin
  -- The older name of pg_current_xact_id(), because that one's type turns into a number only by way of text, and every
  -- insert would pay for it.
  execute format('alter table plays alter column analytics_writer set default (txid_current() + %s)', writer_offset);
  execute format('create or replace trigger analytics_stamp_insert before insert on plays for each row
    when (new.analytics_writer is distinct from (txid_current() + %s)) execute function analytics.stamp_play(%L)',
    writer_offset, writer_offset);
  -- A change of other columns is none of the engine's business and costs only these comparisons.
  execute format('create or replace trigger analytics_stamp before update on plays for each row
    when (old.analytics_writer is distinct from new.analytics_writer or old.song_id is distinct from new.song_id
      or old.listener_address is distinct from new.listener_address or old.played_at is distinct from new.played_at
      or old.duration is distinct from new.duration or old.amount_paid is distinct from new.amount_paid)
    execute function analytics.stamp_play(%L)', writer_offset);
  create or replace trigger analytics_queue_update after update on plays for each row
    when (old.analytics_writer is distinct from new.analytics_writer) execute function analytics.queue_play();
  create or replace trigger analytics_queue_delete after delete on plays for each row execute function analytics.queue_play();
  perform analytics.watch_truncate();
  perform analytics.enable_capture();
end
$$;

-- Always: a session in the replica role (a restore, a subscription) must not slip past the capture.
create function analytics.enable_capture() returns void language plpgsql set search_path from current as $$
declare
  part regclass;
  name text;
begin
  for part, name in
    select tgrelid, tgname from analytics.list_capture_tables() relid join pg_trigger on tgrelid = relid
    where tgname in ('analytics_stamp_insert', 'analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete', 'analytics_truncate')
      and tgenabled <> 'A'
  loop
    execute format('alter table only %s enable always trigger %I', part, name);
  end loop;
end
$$;
comment on function analytics.enable_capture() is 'Lets the triggers of the capture fire in every session.';

create function analytics.list_capture_tables() returns setof regclass language sql stable set search_path from current as $$
  select 'plays'::regclass union select relid from pg_partition_tree('plays'::regclass)
$$;
comment on function analytics.list_capture_tables() is 'Plays and all of its partitions.';

-- Through the triggers for rows every change slips past; a partition without the one for TRUNCATE is watched otherwise.
create function analytics.list_capture_gaps(of_rows boolean) returns setof text
language plpgsql stable set search_path from current set quote_all_identifiers = off as $$
declare
  wanted constant name[] := case when of_rows
    then array['analytics_stamp_insert', 'analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete']::name[]
    else array['analytics_truncate']::name[] end;
begin
  return query
    select format('the trigger %s is missing on %s', missing, 'plays'::regclass) from unnest(wanted) missing
    where not exists (select from pg_trigger where tgrelid = 'plays'::regclass and tgname = missing);
  return query
    select format('the trigger %s of %s %s', tgname, relid,
      case tgenabled when 'D' then 'is disabled' else 'does not fire for sessions in the replica role' end)
    from analytics.list_capture_tables() relid join pg_trigger on tgrelid = relid
    where tgname = any (wanted) and tgenabled <> 'A';
  if of_rows then return; end if;
  return query
    select format('the partition %s does not notice TRUNCATE', relid) from analytics.list_capture_tables() relid
    where relid <> 'plays'::regclass
      and not exists (select from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate');
end
$$;
comment on function analytics.list_capture_gaps(boolean) is 'Triggers through whose absence changes of plays, or TRUNCATE, slip past the engine now.';

-- The versions of the catalogue rows: what was switched off and on again has other ones than before. A detached
-- partition loses its triggers, so that one that came back is told from one that stayed. PostgreSQL itself refuses to alter
-- the type of a column that a trigger looks at. TRUNCATE and whatever rewrites a table gives it another file, which says
-- enough where no trigger does.
create function analytics.current_capture() returns jsonb language sql stable set search_path from current as $$
  select jsonb_object_agg(relid::oid::text, jsonb_build_object(
    'rows', (
      select md5(string_agg(concat_ws(' ', oid, xmin, tgenabled), ',' order by oid)) from pg_trigger
      where tgrelid = relid and tgname in ('analytics_stamp_insert', 'analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete')
    ),
    'truncate', (select concat_ws(' ', oid, xmin) from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate' and tgenabled = 'A'),
    'file', pg_relation_filenode(relid)))
  from analytics.list_capture_tables() relid
$$;
comment on function analytics.current_capture() is 'What captures the changes of each table that holds plays.';

-- To be asked after the changes were read: what was switched off before is seen by then.
create function analytics.reason_in_capture(known analytics.engine) returns text language plpgsql set search_path from current as $$
declare
  gap text;
begin
  select * into gap from analytics.list_capture_gaps(of_rows => true) limit 1;
  if found then return 'changes of plays may not have been captured: ' || gap; end if;
  if known.capture is null then return 'the version before did not count plays that arrived with a stamp'; end if;
  if exists (
    select from jsonb_each(known.capture) before (relid, what) join jsonb_each(analytics.current_capture()) now (relid, what) using (relid)
    where before.what -> 'rows' <> now.what -> 'rows' or case when before.what ->> 'truncate' is null
      then before.what -> 'file' <> now.what -> 'file' else before.what -> 'truncate' <> now.what -> 'truncate' end
  ) then
    return 'triggers of plays were changed, so that changes may not have been captured';
  end if;
  return null;
end
$$;
comment on function analytics.reason_in_capture(analytics.engine) is 'Whether changes of plays may have slipped past the triggers since the last refresh.';

-- At the end of a refresh, because the locks are held until the transaction ends. What slipped past until then is found
-- by the next refresh, because this one keeps what it saw before.
create function analytics.mend_capture(writer_offset bigint) returns void
language plpgsql set search_path from current set lock_timeout = '300ms' as $$
begin
  -- Writers wait for these two, readers do not.
  if exists (select from analytics.list_capture_gaps(of_rows => false)) then
    perform analytics.watch_truncate();
    -- Since the plays were read their tables are held against TRUNCATE, so that the triggers count from then on.
    update analytics.engine set capture = (
      select jsonb_object_agg(relid, before.what || jsonb_build_object('truncate', now.what -> 'truncate'))
      from jsonb_each(capture) before (relid, what) left join jsonb_each(analytics.current_capture()) now (relid, what) using (relid));
  end if;
  if exists (select from analytics.list_capture_gaps(of_rows => true)) then perform analytics.enable_capture(); end if;
  if exists (select from analytics.list_capture_gaps(of_rows => true)) then perform analytics.capture_from(writer_offset); end if;
exception when lock_not_available or insufficient_privilege then
  raise warning 'the triggers that capture changes of plays could not be put back: %', sqlerrm
    using hint = format('As the owner of plays: select analytics.capture_from(%s)', writer_offset);
end
$$;
comment on function analytics.mend_capture(bigint) is 'Puts triggers of the capture back, unless the table is busy.';

-- Partitions come and go without a trigger. One that vanished took its plays along; one that arrived may have brought
-- some, with stamps of long ago or of another cluster, which lie ahead of this one's.
create or replace function analytics.reason_in_partitions(known analytics.engine) returns text language plpgsql set search_path from current as $$
declare
  now constant oid[] := analytics.current_partitions();
  arrived oid;
  has_strange boolean;
begin
  if now = known.partitions then return null; end if;
  if not known.partitions <@ now then return 'a partition of plays was detached or dropped'; end if;
  foreach arrived in array now loop
    continue when arrived = any (known.partitions);
    execute format('select exists (select from %s where analytics_writer is null
        or (analytics_writer < $1 and analytics_writer <> all ($2))
        or analytics_writer >= (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + $3) and analytics_writer <> $4 + $3)',
      arrived::regclass)
      into has_strange
      using pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset,
        array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id) || (known.own_writer + known.writer_offset),
        known.writer_offset, txid_current();
    if has_strange then return format('the partition %s was attached with plays in it', arrived::regclass); end if;
  end loop;
  return null;
end
$$;

create or replace function analytics.list_bypasses() returns setof text
language plpgsql set search_path from current set quote_all_identifiers = off as $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine;
  return query select gap from analytics.list_capture_gaps(of_rows => true) gap;
  return query select gap from analytics.list_capture_gaps(of_rows => false) gap;
  if known.seen is not null and not known.partitions <@ analytics.current_partitions() then
    return next 'a partition of plays was detached or dropped since the last refresh; the next refresh rebuilds';
  end if;
  if known.seen is not null and coalesce(analytics.reason_to_rebuild(known), analytics.reason_in_capture(known)) is not null then
    return next coalesce(analytics.reason_to_rebuild(known), analytics.reason_in_capture(known)) || '; the next refresh rebuilds';
  end if;
  if current_setting('session_replication_role') <> 'origin' then
    return next format('this session runs in the replication role %s', current_setting('session_replication_role'));
  end if;
end
$$;

-- REFRESH MATERIALIZED VIEW CONCURRENTLY itself does not work while quote_all_identifiers is on.
create or replace function analytics.run_refresh(trigger text, at timestamptz, known analytics.engine, forced_reason text) returns jsonb
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
  reading record;
  published record;
  phases jsonb := '{}';
  duration double precision;
  drawn bigint;
begin
  read_from := analytics.hold_partitions();
  -- Before the reading: what is switched off from now on is found by the next refresh.
  captured_by := analytics.current_capture();
  perform analytics.open_work_tables();
  if reason is null then
    phase := clock_timestamp();
    reading := analytics.read_changes(known, until);
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    reason := coalesce(reading.rebuild_reason, analytics.reason_in_partitions(known), analytics.reason_in_capture(known));
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
    captured_from := analytics.step_over_foreign_writers(known);
    captured_by := analytics.current_capture();
    perform analytics.open_work_tables();
    reading := analytics.read_everything(until);
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    raise notice 'rebuild: plays read after % s', round(extract(epoch from clock_timestamp() - phase), 1);
    phase := clock_timestamp();
    perform analytics.rebuild_state();
    phases := phases || jsonb_build_object('rebuild', analytics.milliseconds_since(phase));
  end if;

  -- What came too late to be read must be found to have come by the next refresh.
  if analytics.current_partitions() is distinct from read_from then
    raise exception 'partitions of plays came or went while they were read' using errcode = 'serialization_failure',
      hint = 'Nothing has happened. Refresh again.';
  end if;

  -- The views take their instant from here, so it has to stand before they are published.
  update analytics.engine set
    generation = known.generation + 1, as_of = until, seen = reading.seen, own_writer = pg_current_xact_id()::text::bigint,
    writer_offset = captured_from, identity = analytics.current_identity(), partitions = read_from, capture = captured_by,
    previous_state = known.state, state = analytics.draw_state()
  returning state into drawn;

  phase := clock_timestamp();
  published := analytics.publish();
  phases := phases || jsonb_build_object('publish', analytics.milliseconds_since(phase)) || published.phases;
  if reason is not null then raise notice 'rebuild: views published, % s in all', round(extract(epoch from clock_timestamp() - started), 1); end if;

  perform analytics.close_work_tables();
  duration := analytics.milliseconds_since(started);
  insert into analytics.refresh_ledger (generation, trigger, kind, reason, as_of, started_at, finished_at, duration_ms, rows_changed, phases)
  values (known.generation + 1, run_refresh.trigger, case when reason is null then 'incremental' else 'rebuild' end, reason, until, started,
    clock_timestamp(), duration, published.rows_changed, phases);
  perform pg_notify('analytics_refresh', jsonb_build_object('generation', known.generation + 1, 'state', drawn, 'asOf', until)::text);
  perform analytics.mend_capture(captured_from);
  return analytics.describe_refresh('refreshed', known.generation + 1);
end
$$;

select analytics.capture_from((select writer_offset from analytics.engine));
