-- Rights by the names of the roles, so that a dump carries them.
create or replace function analytics.note_view(view_name text, view_id oid) returns void language sql as $$
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
