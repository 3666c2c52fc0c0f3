-- The ids in analytics_writer and queued_by may come from another cluster, with a dump, and be equal to this transaction's
-- by chance. The id in the row itself may be that of a subtransaction, which is greater. Of a row that is visible and whose
-- writer is still in progress this transaction is the writer.
create or replace function analytics.is_own_row(row_xmin xid) returns boolean language sql volatile as $$
  select case
    -- A row of before the last wraparound has an id that is greater by more than this, and is old.
    when written_by < own or written_by > own + 2147483648 then false
    else coalesce(pg_xact_status(written_by::text::xid8) = 'in progress', false) end
  from (select txid_current() as own, (txid_current() >> 32 << 32) + row_xmin::text::bigint as written_by) ids
$$;

comment on function analytics.is_own_row(xid) is 'Whether a row version was written by the current transaction.';
