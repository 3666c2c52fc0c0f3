create or replace function analytics.hold_partitions() returns oid[] language plpgsql set search_path from current as $$
begin
  if (select relkind from pg_class where oid = 'plays'::regclass) = 'p' then
    lock table plays in access share mode;
  end if;
  return analytics.current_partitions();
end
$$;

comment on function analytics.hold_partitions() is 'Waits until plays are not being moved, keeps it so until the end of the transaction, and says which tables hold them.';
