-- Two things that adopted tables may have and that made numbers wrong without a word.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

-- A trigger of the user's may change a play after analytics_stamp has judged that nothing was changed: row triggers run
-- in the order of their names. The play then keeps the writer that it had, so that it can be neither subtracted nor added.
-- A play that this transaction wrote itself is not counted yet, and needs nothing.
create function analytics.notice_unstamped_play() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.rebuild_request (reason)
  select format('a trigger that runs after analytics_stamp changed rows of %s', tg_relid::regclass)
  where new.analytics_writer is distinct from txid_current() + (select writer_offset from analytics.engine)
    and not exists (select from analytics.rebuild_request where queued_by = txid_current());
  return null;
end
$$;
comment on function analytics.notice_unstamped_play() is 'Asks for a rebuild when an update changed a play without marking it.';

create trigger analytics_queue_unstamped after update on plays for each row
  when (old.analytics_writer is not distinct from new.analytics_writer and (old.song_id is distinct from new.song_id
    or old.listener_address is distinct from new.listener_address or old.played_at is distinct from new.played_at
    or old.duration is distinct from new.duration or old.amount_paid is distinct from new.amount_paid))
  execute function analytics.notice_unstamped_play();

do $$
declare
  part regclass;
begin
  for part in select tgrelid from pg_trigger where tgname = 'analytics_queue_unstamped' loop
    execute format('alter table only %s enable always trigger analytics_queue_unstamped', part);
  end loop;
end
$$;

-- Row security would hide plays from a refresh, whose views would then leave them out. Off means that a statement fails
-- where it would hide rows.
alter function analytics.refresh(text, timestamptz, boolean) set row_security = off;
alter function analytics.rebuild(text, timestamptz) set row_security = off;
alter function analytics.retire_plays(date) set row_security = off;
alter function analytics.verify(int) set row_security = off;
