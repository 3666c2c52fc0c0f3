-- Transaction ids mean something only in the cluster that gave them. A dump restored elsewhere, a replica that was
-- promoted, a copy of the database: each differs in one of these parts.
create or replace function analytics.current_identity() returns text language plpgsql stable set search_path from current as $$
declare
  cluster text;
begin
  begin
    select system_identifier::text into cluster from pg_control_system();
  exception when insufficient_privilege then
    cluster := 'hidden';
  end;
  return concat_ws('/', cluster, (select oid from pg_database where datname = current_database()), 'analytics.engine'::regclass::oid, 'plays'::regclass::oid);
end
$$;

comment on function analytics.current_identity() is 'What the transaction ids that the engine remembers belong to.';
