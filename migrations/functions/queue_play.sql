-- Security definer, because a role that writes plays may have no rights on the engine's tables.
create or replace function analytics.queue_play() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.play_queue (song_id, listener_address, played_at, duration, amount_paid, writer)
  values (old.song_id, old.listener_address, old.played_at, old.duration, old.amount_paid, old.analytics_writer);
  return null;
end
$$;

comment on function analytics.queue_play() is 'Remembers what an update or a delete took away.';
