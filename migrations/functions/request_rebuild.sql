create or replace function analytics.request_rebuild() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into analytics.rebuild_request (reason) values (format('%s was truncated', tg_relid::regclass));
  return null;
end
$$;

comment on function analytics.request_rebuild() is 'TRUNCATE leaves no old images, so the engine starts again from the tables.';
