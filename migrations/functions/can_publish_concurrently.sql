create or replace function analytics.can_publish_concurrently(view_id oid) returns boolean language sql stable as $$
  select relispopulated and exists (
    select from pg_index where indrelid = view_id and indisunique and indisvalid and indimmediate and indpred is null and 0 <> all (indkey::int2[]))
  from pg_class where oid = view_id
$$;

comment on function analytics.can_publish_concurrently(oid) is 'Whether a view can be published while it is read.';
