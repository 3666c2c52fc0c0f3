-- Statements of the functions are planned once in a session, for work tables as large as they are then. A plan for few rows may
-- take hours for many, and one for many reads whole tables for few. Truncating a work table discards its plans, so that
-- it does not matter that the setting is undone with a transaction and plans are not.
create or replace function analytics.renew_plans() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  magnitude constant text := (
    select greatest(5, length(sum(pg_relation_size(oid))::text)) from pg_class
    where relnamespace = pg_my_temp_schema() and relname like 'work\_%' and relkind = 'r');
begin
  if magnitude is distinct from current_setting('analytics.planned_for', true) then
    execute 'discard plans';
    perform set_config('analytics.planned_for', magnitude, false);
  end if;
end
$$;

comment on function analytics.renew_plans() is 'Discards the plans of this session when a refresh has much more or less to do than the one that they were made for.';
