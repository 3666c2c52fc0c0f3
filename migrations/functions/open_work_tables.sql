-- Temporary, so that neither write-ahead log nor vacuum has to do with them. Made once in a session, so that the catalogs stay
-- as they are and plans are kept. Rows are deleted when the transaction commits; where there are some, an earlier
-- refresh of this transaction left them, or one that was rolled back. The first table has the definition as its comment, so that a session does
-- not go on with the tables of another version.
create or replace function analytics.open_work_tables() returns void language plpgsql set search_path = pg_catalog, pg_temp
  set client_min_messages = warning as $$
declare
  definition constant text := analytics.define_work_tables();
  names constant text[] := array(select each[1] from regexp_matches(definition, '^create temporary table (work_[a-z_]+)', 'gn') each);
  is_current boolean;
  filled text;
  stranger text;
begin
  -- A table of another role may have triggers of that role.
  select count(*) = cardinality(names) and bool_and(relowner = current_user::regrole)
      and max(obj_description(oid, 'pg_class')) is not distinct from md5(definition),
    string_agg('pg_temp.' || relname, ', ') filter (where pg_relation_size(oid) > 0),
    max(relowner::regrole::text) filter (where not pg_has_role(relowner, 'usage'))
  into is_current, filled, stranger
  from pg_class where relnamespace = pg_my_temp_schema() and relname = any (names);
  if stranger is not null then
    raise exception 'the work tables of this session belong to %, who refreshed before', stranger
      using errcode = 'insufficient_privilege', hint = 'Refresh in another session, or execute DISCARD TEMP first.';
  end if;
  if not is_current then
    perform analytics.close_work_tables();
    execute definition;
    execute format('comment on table pg_temp.%I is %L', names[1], md5(definition));
  elsif filled is not null then
    execute 'truncate ' || filled;
  end if;
end
$$;

comment on function analytics.open_work_tables() is 'Gives a refresh its work tables, empty.';
