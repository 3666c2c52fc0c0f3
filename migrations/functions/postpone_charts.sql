-- A lock of the transaction, which a pooler hands on and a lost connection gives back. Many may hold it at once.
create or replace function analytics.postpone_charts() returns void language sql as $$
  select pg_advisory_xact_lock_shared(hashtextextended('analytics.close_charts', 0))
$$;

comment on function analytics.postpone_charts() is 'Keeps refreshes from closing charts until the end of the transaction, because plays of past weeks are still arriving.';
