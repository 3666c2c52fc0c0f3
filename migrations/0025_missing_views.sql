-- A materialized view that somebody dropped or renamed stopped every refresh, and no command put it back. Now the other
-- views go on, and `mycelix-analytics migrate` puts back what is missing: from the migration that made it, and from what
-- the last refresh noted about it.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

create table analytics.view_note (
  view text primary key,
  comment text,
  rights jsonb not null default '[]',
  indexes jsonb not null default '{}'
);
comment on table analytics.view_note is 'What somebody added to each view, as of the last refresh: a comment, rights and indexes.';

create function analytics.list_views() returns text[] language sql immutable as $$
  select array['mv_artist_analytics', 'mv_song_analytics', 'mv_platform_stats', 'mv_top_songs_week', 'mv_listener_activity', 'mv_genre_stats']
$$;
comment on function analytics.list_views() is 'The names of the six views, in the order in which they are published.';

-- The index of a view keeps its name when the view gets another one or moves to another schema.
create function analytics.list_missing_views() returns table (view text, renamed oid, fault text, advice text)
language plpgsql stable set search_path from current set quote_all_identifiers = off as $$
begin
  return query
    select wanted.name, renamed.id, case
      when other.relkind is not null then format('the name %s is taken by something that is no materialized view', wanted.name)
      when renamed.id is not null then format('the materialized view %s was renamed to %s', wanted.name, renamed.id::regclass)
      else format('the materialized view %s is missing', wanted.name) end,
      case when other.relkind is not null then 'Rename it or drop it, then `mycelix-analytics migrate` puts the view back.'
        else '`mycelix-analytics migrate` puts it back.' end
    from unnest(analytics.list_views()) wanted (name)
    left join pg_class other on other.oid = to_regclass(wanted.name)
    left join lateral (
      select holder.oid as id from pg_class key join pg_index on indexrelid = key.oid join pg_class holder on holder.oid = indrelid
      where key.relname = wanted.name || '_key' and holder.relkind = 'm' and exists (
        select from pg_rewrite join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid join pg_class read on read.oid = refobjid
        where ev_class = holder.oid and read.relnamespace = 'analytics'::regnamespace)
      limit 1
    ) renamed on true
    where other.relkind is distinct from 'm';
end
$$;
comment on function analytics.list_missing_views() is 'Views that were dropped or renamed, and where a renamed one is.';

create function analytics.can_publish_concurrently(view_id oid) returns boolean language sql stable as $$
  select relispopulated and exists (
    select from pg_index where indrelid = view_id and indisunique and indisvalid and indimmediate and indpred is null and 0 <> all (indkey::int2[]))
  from pg_class where oid = view_id
$$;
comment on function analytics.can_publish_concurrently(oid) is 'Whether a view can be published while it is read.';

-- Rights by the names of the roles, so that a dump carries them.
create function analytics.note_view(view_name text, view_id oid) returns void language sql as $$
  insert into analytics.view_note as known (view, comment, rights, indexes)
  select view_name, obj_description(view_id, 'pg_class'),
    coalesce((
      select jsonb_agg(jsonb_build_object('role', coalesce(role.rolname, 'public'), 'isPublic', acl.grantee = 0, 'right', acl.privilege_type,
        'isGrantable', acl.is_grantable) order by role.rolname, acl.privilege_type)
      from pg_class, aclexplode(relacl) acl left join pg_roles role on role.oid = acl.grantee
      where pg_class.oid = view_id and acl.grantee <> relowner and (acl.grantee = 0 or role.oid is not null)), '[]'),
    coalesce((
      select jsonb_object_agg(name.relname, pg_get_indexdef(indexrelid)) from pg_index join pg_class name on name.oid = indexrelid
      where indrelid = view_id and indisvalid), '{}')
  on conflict on constraint view_note_pkey do update set comment = excluded.comment, rights = excluded.rights, indexes = excluded.indexes
  where (known.comment, known.rights, known.indexes) is distinct from (excluded.comment, excluded.rights, excluded.indexes)
$$;
comment on function analytics.note_view(text, oid) is 'Notes what a view that is dropped would lose.';

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

create function analytics.give_name_back(view_name text, renamed oid) returns void language plpgsql set search_path from current as $$
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

-- The state is the one of the last refresh, so the view shows the same instant as the others.
create function analytics.complete_view(view_name text) returns void language plpgsql set search_path from current as $$
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
    execute format('refresh materialized view %I', view_name);
    execute format('analyze %I', view_name);
  end if;
end
$$;
comment on function analytics.complete_view(text) is 'Gives a view that was made again its rows, and what the last refresh noted about it.';

create or replace function analytics.verify(sample int default null) returns jsonb
language plpgsql set search_path from current set jit = off set work_mem = '128MB' set timezone = 'UTC' as $$
declare
  known analytics.engine;
  missing record;
  differences jsonb;
  bypasses jsonb;
begin
  -- Held to the end, so that the views stay the ones that are compared.
  select * into known from analytics.engine for update;
  if known.seen is null then
    raise exception 'the views were never filled' using errcode = 'object_not_in_prerequisite_state', hint = 'Refresh first.';
  end if;
  select * into missing from analytics.list_missing_views() limit 1;
  if found then
    raise exception '%', missing.fault using errcode = 'undefined_table', hint = missing.advice;
  end if;
  perform analytics.close_work_tables();
  perform analytics.read_what_was_counted(known, sample);
  select coalesce(jsonb_agg(jsonb_build_object('view', view, 'key', key, 'published', published, 'expected', expected)), '[]')
  into differences from (select * from analytics.compare_views(known.as_of, sample is not null) limit 50) found;
  select coalesce(jsonb_agg(bypass), '[]') into bypasses from analytics.list_bypasses() bypass;
  drop table pg_temp.verify_song, pg_temp.verify_listener, pg_temp.verify_play;
  return jsonb_build_object('ok', differences = '[]' and bypasses = '[]', 'generation', known.generation, 'asOf', known.as_of,
    'sample', sample, 'differences', differences, 'bypasses', bypasses,
    'advice', case when differences <> '[]' then 'select analytics.rebuild()' when bypasses <> '[]' then 'select analytics.capture_from(' || known.writer_offset || ')' end);
end
$$;
