create or replace function analytics.publish(changed_views text[], postponed text[], before analytics.engine, out rows_changed jsonb, out phases jsonb)
language plpgsql set search_path from current as $$
declare
  view_name text;
  view_id oid;
  known analytics.view_freshness;
  is_filled boolean;
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
    -- When it is back, it has missed refreshes.
    delete from analytics.view_freshness where view_freshness.view = missing.view;
  end loop;
  foreach view_name in array analytics.list_views() loop
    started := clock_timestamp();
    select oid, relispopulated into view_id, is_filled from pg_class where oid = to_regclass(view_name) and relkind = 'm';
    continue when not found;
    perform analytics.note_view(view_name, view_id);
    select * into known from analytics.view_freshness where view = view_name;
    if is_filled and known.view is not null then
      if not known.is_behind and view_name <> all (changed_views) then
        rows_changed := rows_changed || jsonb_build_object(view_name, 0);
        continue;
      elsif view_name = any (postponed) then
        -- Until now it was true at the instant of the refresh before, whichever published it.
        update analytics.view_freshness set is_behind = true, generation = before.generation, as_of = before.as_of
        where view = view_name and not is_behind;
        rows_changed := rows_changed || jsonb_build_object(view_name, 0);
        continue;
      end if;
    end if;
    perform analytics.note_freshness(view_name);
    if analytics.can_publish_concurrently(view_id) then
      -- A changed row is a deleted and an inserted one. The counters of the transaction know both without a look at the view.
      inserted := pg_stat_get_xact_tuples_inserted(view_id);
      deleted := pg_stat_get_xact_tuples_deleted(view_id);
      execute format('refresh materialized view concurrently %I', view_name);
      changed := case when current_setting('track_counts')::boolean then
        greatest(pg_stat_get_xact_tuples_inserted(view_id) - inserted, pg_stat_get_xact_tuples_deleted(view_id) - deleted) end;
    else
      if is_filled then
        raise warning 'the materialized view % has no unique index, so its readers wait while it is published', view_name
          using hint = '`mycelix-analytics migrate` puts it back.';
      end if;
      execute format('refresh materialized view %I', view_name);
      execute format('analyze %I', view_name);
      execute format('select count(*) from %I', view_name) into changed;
    end if;
    rows_changed := rows_changed || jsonb_build_object(view_name, changed);
    phases := phases || jsonb_build_object(view_name, analytics.milliseconds_since(started));
  end loop;
end
$$;

comment on function analytics.publish(text[], text[], analytics.engine) is 'Publishes the state through the views that changed and those that need it, except the postponed ones; says how many rows of each are new or different, null where the server does not count.';
