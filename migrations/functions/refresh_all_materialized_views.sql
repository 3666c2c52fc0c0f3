create or replace function refresh_all_materialized_views() returns jsonb language sql set search_path from current as $$
  select analytics.refresh('sql')
$$;

comment on function refresh_all_materialized_views() is 'Brings all materialized views to one instant.';
