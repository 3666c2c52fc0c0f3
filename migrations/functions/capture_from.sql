-- The ids of a restored dump come from another cluster and may lie ahead of the counter here, where they would look
-- new for ever. Instead of rewriting those rows, the capture goes on above the highest of them: id here + offset.
create or replace function analytics.capture_from(writer_offset bigint) returns void language plpgsql set search_path from current as $$
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
  create or replace trigger analytics_queue_unstamped after update on plays for each row
    when (old.analytics_writer is not distinct from new.analytics_writer and (old.song_id is distinct from new.song_id
      or old.listener_address is distinct from new.listener_address or old.played_at is distinct from new.played_at
      or old.duration is distinct from new.duration or old.amount_paid is distinct from new.amount_paid))
    execute function analytics.notice_unstamped_play();
  perform analytics.watch_truncate();
  perform analytics.enable_capture();
end
$$;

comment on function analytics.capture_from(bigint) is 'Installs the default and the triggers that capture changes of plays.';
