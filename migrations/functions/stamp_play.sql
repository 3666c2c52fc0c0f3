-- The older name of pg_current_xact_id(), see capture_from.
create or replace function analytics.stamp_play() returns trigger language plpgsql as $$
begin
  new.analytics_writer := txid_current() + tg_argv[0]::bigint;
  return new;
end
$$;

comment on function analytics.stamp_play() is 'An inserted or updated play belongs to the transaction that wrote it, whatever it says itself.';
