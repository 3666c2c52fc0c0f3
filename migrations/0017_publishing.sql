-- All six views in the transaction of the refresh: whoever reads sees all of them at one instant, the old or the new
-- one, and never waits, because CONCURRENTLY leaves readers alone. A view that was never filled has no readers to
-- disturb and cannot be filled that way.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

create function analytics.publish(out rows_changed jsonb, out phases jsonb)
language plpgsql set search_path from current as $$
declare
  view_name text;
  view_id oid;
  started timestamptz;
  inserted bigint;
  deleted bigint;
  changed bigint;
begin
  rows_changed := '{}';
  phases := '{}';
  foreach view_name in array array['mv_artist_analytics', 'mv_song_analytics', 'mv_platform_stats', 'mv_top_songs_week',
    'mv_listener_activity', 'mv_genre_stats']
  loop
    started := clock_timestamp();
    view_id := view_name::regclass;
    if (select relispopulated from pg_class where oid = view_id) then
      -- A changed row is a deleted and an inserted one. The counters of the transaction know both without a look at the view.
      inserted := pg_stat_get_xact_tuples_inserted(view_id);
      deleted := pg_stat_get_xact_tuples_deleted(view_id);
      execute format('refresh materialized view concurrently %I', view_name);
      changed := greatest(pg_stat_get_xact_tuples_inserted(view_id) - inserted, pg_stat_get_xact_tuples_deleted(view_id) - deleted);
    else
      execute format('refresh materialized view %I', view_name);
      execute format('analyze %I', view_name);
      execute format('select count(*) from %I', view_name) into changed;
    end if;
    rows_changed := rows_changed || jsonb_build_object(view_name, changed);
    phases := phases || jsonb_build_object(view_name, analytics.milliseconds_since(started));
  end loop;
end
$$;
comment on function analytics.publish() is 'Publishes the state through the six views; says how many rows of each are new or different.';

create function analytics.milliseconds_since(started timestamptz) returns double precision language sql volatile as $$
  select round((extract(epoch from clock_timestamp() - started) * 1000)::numeric, 3)::double precision
$$;
