-- The versions of the catalogue rows: what was switched off and on again has other ones than before. A detached
-- partition loses its triggers, so that one that came back is told from one that stayed. PostgreSQL itself refuses to alter
-- the type of a column that a trigger looks at. TRUNCATE and whatever rewrites a table gives it another file, which says
-- enough where no trigger does.
create or replace function analytics.current_capture() returns jsonb language sql stable set search_path from current as $$
  select jsonb_object_agg(relid::oid::text, jsonb_build_object(
    'rows', (
      select md5(string_agg(concat_ws(' ', oid, xmin, tgenabled), ',' order by oid)) from pg_trigger
      where tgrelid = relid and tgname = any (analytics.list_row_triggers())
    ),
    'truncate', (select concat_ws(' ', oid, xmin) from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate' and tgenabled = 'A'),
    'file', pg_relation_filenode(relid)))
  from analytics.list_capture_tables() relid
$$;

comment on function analytics.current_capture() is 'What captures the changes of each table that holds plays.';
