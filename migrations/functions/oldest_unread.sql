-- As an age, because a row says only the lower half of the id of its writer. All that was finished before the last reading began
-- was seen by it, and subtransactions have higher ids than the transaction they are in. A row may be taken for new whose
-- writer is too old to be told; it is compared then, as all are.
create or replace function analytics.oldest_unread(known analytics.engine, snapshot pg_snapshot default pg_current_snapshot()) returns int language sql stable as $$
  select case
    when known.catalogue is null
      or pg_snapshot_xmax(snapshot)::text::bigint - pg_snapshot_xmin(known.seen)::text::bigint > 1000000000
    then 2147483647
    else age(pg_snapshot_xmin(known.seen)::xid)
  end
$$;

comment on function analytics.oldest_unread(analytics.engine, pg_snapshot) is 'The age of the oldest transaction whose rows the last refresh may not have seen.';
