-- From what this refresh has read, and which columns of the state each view is made of. A view that reads the state through
-- functions or other views is not found this way.
create or replace function analytics.list_changed_views(known analytics.engine, until timestamptz) returns text[]
language plpgsql set search_path from current as $$
declare
  has_artists constant boolean := exists (select from pg_temp.work_artist);
  has_songs constant boolean := exists (select from pg_temp.work_song);
  has_moves constant boolean := exists (select from pg_temp.work_move);
  moved text[];
begin
  if exists (select from pg_temp.work_timed) then return analytics.list_views(); end if;
  execute format('select array_remove(array[%s], null) from pg_temp.work_play',
    analytics.for_windows('case when bool_or(%1$I <> 0) then %1$L end')) into moved;
  -- Songs are new for 7 and for 30 days.
  if exists (
    select from (values (interval '168 hours'), (interval '720 hours')) period (length)
    join analytics.song on created_at >= least(known.as_of, until) - length and created_at < greatest(known.as_of, until) - length
  ) then
    moved := moved || array['created_at'];
  end if;
  return array(
    select view from unnest(analytics.list_views()) view
    where exists (
      select from pg_rewrite
      join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid and refclassid = 'pg_class'::regclass
      left join pg_attribute on attrelid = refobjid and attnum = refobjsubid
      where ev_class = to_regclass(view) and case refobjid
        when 'analytics.artist'::regclass then has_artists or has_songs
        when 'analytics.genre'::regclass then has_songs
        when 'analytics.song'::regclass then has_songs or attname = any (moved)
        when 'analytics.listener'::regclass then has_moves or attname = any (moved)
      end
    ));
end
$$;

comment on function analytics.list_changed_views(analytics.engine, timestamptz) is 'The views in which this refresh can have changed something.';
