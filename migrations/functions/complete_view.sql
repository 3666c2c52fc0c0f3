-- The state is the one of the last refresh, so the view shows the same instant as the others.
create or replace function analytics.complete_view(view_name text) returns void language plpgsql set search_path from current as $$
declare
  note analytics.view_note;
  index_name text;
  definition text;
  entitlement jsonb;
begin
  select * into note from analytics.view_note where view = view_name;
  if found then
    for index_name, definition in select * from jsonb_each_text(note.indexes) loop
      if not exists (select from pg_index join pg_class on oid = indexrelid where indrelid = view_name::regclass and relname = index_name) then
        execute definition;
      end if;
    end loop;
    if note.comment is not null then execute format('comment on materialized view %I is %L', view_name, note.comment); end if;
    for entitlement in select * from jsonb_array_elements(note.rights) loop
      continue when not (entitlement ->> 'isPublic')::boolean and not exists (select from pg_roles where rolname = entitlement ->> 'role');
      execute format('grant %s on %I to %s %s', entitlement ->> 'right', view_name,
        case when (entitlement ->> 'isPublic')::boolean then 'public' else quote_ident(entitlement ->> 'role') end,
        case when (entitlement ->> 'isGrantable')::boolean then 'with grant option' else '' end);
    end loop;
  end if;
  if exists (select from analytics.engine where seen is not null) and not (select relispopulated from pg_class where oid = view_name::regclass) then
    perform analytics.note_freshness(view_name);
    execute format('refresh materialized view %I', view_name);
    execute format('analyze %I', view_name);
  end if;
end
$$;

comment on function analytics.complete_view(text) is 'Gives a view that was made again its rows, and what the last refresh noted about it.';
