create or replace function analytics.give_name_back(view_name text, renamed oid) returns void language plpgsql set search_path from current as $$
begin
  if (select relnamespace from pg_class where oid = renamed) <> to_regnamespace(quote_ident(current_schema())) then
    execute format('alter materialized view %s set schema %I', renamed::regclass, current_schema());
  end if;
  if (select relname from pg_class where oid = renamed) <> view_name then
    execute format('alter materialized view %s rename to %I', renamed::regclass, view_name);
  end if;
end
$$;

comment on function analytics.give_name_back(text, oid) is 'Undoes the renaming of a view, or its move to another schema.';
