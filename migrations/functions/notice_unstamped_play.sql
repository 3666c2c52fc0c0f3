-- A trigger of the user's may change a play after analytics_stamp has judged that nothing was changed: row triggers run
-- in the order of their names. The play then keeps the writer that it had, so that it can be neither subtracted nor added.
-- A play that this transaction wrote itself is not counted yet, and needs nothing.
create or replace function analytics.notice_unstamped_play() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.rebuild_request (reason)
  select format('a trigger that runs after analytics_stamp changed rows of %s', tg_relid::regclass)
  where new.analytics_writer is distinct from txid_current() + (select writer_offset from analytics.engine)
    and not exists (select from analytics.rebuild_request where queued_by = txid_current());
  return null;
end
$$;

comment on function analytics.notice_unstamped_play() is 'Asks for a rebuild when an update changed a play without marking it.';
