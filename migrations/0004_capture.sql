-- The engine has to know which plays were written since it last looked. Neither sequences nor timestamps can say it,
-- because transactions do not commit in their order. So each play carries the id of the transaction that wrote it, and
-- the engine keeps the whole snapshot of its last reading: new is what it sees now and that snapshot could not see.
-- Updates and deletes put the old image into a queue. On an adopted table the column is added without a value, which
-- rewrites nothing and locks the table for milliseconds; null means "written before the capture began".

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

alter table plays add column if not exists analytics_writer bigint;
comment on column plays.analytics_writer is 'Written by the analytics gateway: the transaction that wrote this row. Never set it yourself.';

-- What an update or a delete took away, until the next refresh has subtracted it.
create table analytics.play_queue (
  song_id text,
  listener_address text,
  played_at timestamptz,
  duration bigint,
  amount_paid numeric,
  writer bigint,
  queued_by bigint not null default pg_current_xact_id()::text::bigint
);
comment on table analytics.play_queue is 'Old images of updated and deleted plays that the next refresh subtracts.';

-- What cannot be expressed as a change, such as TRUNCATE, asks for a rebuild instead.
create table analytics.rebuild_request (
  reason text not null,
  requested_at timestamptz not null default clock_timestamp(),
  queued_by bigint not null default pg_current_xact_id()::text::bigint
);
comment on table analytics.rebuild_request is 'Reasons why the next refresh recomputes everything from the tables.';

create function analytics.stamp_play() returns trigger language plpgsql as $$
begin
  new.analytics_writer := pg_current_xact_id()::text::bigint + tg_argv[0]::bigint;
  return new;
end
$$;
comment on function analytics.stamp_play() is 'An updated play counts as written anew by the transaction that updated it.';

-- Security definer, because whoever may write plays need not be allowed to see the engine.
create function analytics.queue_play() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.play_queue (song_id, listener_address, played_at, duration, amount_paid, writer)
  values (old.song_id, old.listener_address, old.played_at, old.duration, old.amount_paid, old.analytics_writer);
  return null;
end
$$;
comment on function analytics.queue_play() is 'Remembers what an update or a delete took away.';

create function analytics.request_rebuild() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.rebuild_request (reason) values (format('%s was truncated', tg_relid::regclass));
  return null;
end
$$;
comment on function analytics.request_rebuild() is 'TRUNCATE leaves no old images, so the engine starts again from the tables.';

-- TRUNCATE of a single partition fires only the triggers of that partition, and a new partition does not inherit them.
create function analytics.watch_truncate() returns void language plpgsql set search_path from current as $$
declare
  part regclass;
begin
  for part in select 'plays'::regclass union select relid from pg_partition_tree('plays'::regclass) loop
    if not exists (select from pg_trigger where tgrelid = part and tgname = 'analytics_truncate') then
      execute format('create trigger analytics_truncate before truncate on %s execute function analytics.request_rebuild()', part);
    end if;
    -- Always: a session in the replica role (a restore, a subscription) must not slip past the capture.
    if exists (select from pg_trigger where tgrelid = part and tgname = 'analytics_truncate' and tgenabled <> 'A') then
      execute format('alter table only %s enable always trigger analytics_truncate', part);
    end if;
  end loop;
end
$$;
comment on function analytics.watch_truncate() is 'Gives every partition of plays the trigger that notices TRUNCATE.';

-- The ids of a restored dump come from another cluster and may lie ahead of the counter here, where they would look
-- new for ever. Instead of rewriting those rows, the capture goes on above the highest of them: id here + offset.
create function analytics.capture_from(writer_offset bigint) returns void language plpgsql set search_path from current as $$
declare
  part regclass;
  name text;
begin
  -- The older name of pg_current_xact_id(), because that one's type turns into a number only by way of text, and every
  -- insert would pay for it.
  execute format('alter table plays alter column analytics_writer set default (txid_current() + %s)', writer_offset);
  -- A change of other columns is none of the engine's business and costs only these comparisons.
  execute format('create or replace trigger analytics_stamp before update on plays for each row
    when (old.analytics_writer is distinct from new.analytics_writer or old.song_id is distinct from new.song_id
      or old.listener_address is distinct from new.listener_address or old.played_at is distinct from new.played_at
      or old.duration is distinct from new.duration or old.amount_paid is distinct from new.amount_paid)
    execute function analytics.stamp_play(%L)', writer_offset);
  create or replace trigger analytics_queue_update after update on plays for each row
    when (old.analytics_writer is distinct from new.analytics_writer) execute function analytics.queue_play();
  create or replace trigger analytics_queue_delete after delete on plays for each row execute function analytics.queue_play();
  for part, name in
    select tgrelid, tgname from pg_trigger
    where tgname in ('analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete') and tgenabled <> 'A'
      and (tgrelid = 'plays'::regclass or tgrelid in (select relid from pg_partition_tree('plays'::regclass)))
  loop
    execute format('alter table only %s enable always trigger %I', part, name);
  end loop;
  perform analytics.watch_truncate();
end
$$;
comment on function analytics.capture_from(bigint) is 'Installs the default and the triggers that capture changes of plays.';

select analytics.capture_from(0);
