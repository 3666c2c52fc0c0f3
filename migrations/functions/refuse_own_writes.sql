create or replace function analytics.refuse_own_writes() returns void language plpgsql as $$
begin
  raise exception 'a refresh cannot run in a transaction that wrote plays'
    using errcode = 'active_sql_transaction',
      detail = 'Plays that this transaction writes after the refresh could not be told from those that it wrote before.',
      hint = 'Commit first, then refresh.';
end
$$;

comment on function analytics.refuse_own_writes() is 'Raises the error for a refresh in a transaction that wrote plays.';
