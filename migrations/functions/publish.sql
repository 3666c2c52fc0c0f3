create or replace function analytics.publish(out rows_changed jsonb, out phases jsonb)
language plpgsql set search_path from current as $$
declare
  view_name text;
  view_id oid;
  started timestamptz;
  inserted bigint;
  deleted bigint;
  changed bigint;
  missing record;
begin
  rows_changed := '{}';
  phases := '{}';
  for missing in select * from analytics.list_missing_views() loop
    raise warning '%; the other views are published', missing.fault using hint = missing.advice;
  end loop;
  foreach view_name in array analytics.list_views() loop
    started := clock_timestamp();
    select oid into view_id from pg_class where oid = to_regclass(view_name) and relkind = 'm';
    continue when not found;
    if analytics.can_publish_concurrently(view_id) then
      -- A changed row is a deleted and an inserted one. The counters of the transaction know both without a look at the view.
      inserted := pg_stat_get_xact_tuples_inserted(view_id);
      deleted := pg_stat_get_xact_tuples_deleted(view_id);
      execute format('refresh materialized view concurrently %I', view_name);
      changed := greatest(pg_stat_get_xact_tuples_inserted(view_id) - inserted, pg_stat_get_xact_tuples_deleted(view_id) - deleted);
    else
      if (select relispopulated from pg_class where oid = view_id) then
        raise warning 'the materialized view % has no unique index, so its readers wait while it is published', view_name
          using hint = '`mycelix-analytics migrate` puts it back.';
      end if;
      execute format('refresh materialized view %I', view_name);
      execute format('analyze %I', view_name);
      execute format('select count(*) from %I', view_name) into changed;
    end if;
    perform analytics.note_view(view_name, view_id);
    rows_changed := rows_changed || jsonb_build_object(view_name, changed);
    phases := phases || jsonb_build_object(view_name, analytics.milliseconds_since(started));
  end loop;
end
$$;

comment on function analytics.publish() is 'Publishes the state through the views; says how many rows of each are new or different.';
