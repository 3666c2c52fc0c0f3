create or replace function analytics.list_views() returns text[] language sql stable as $$
  select array(select view from analytics.published_view order by view)
$$;

comment on function analytics.list_views() is 'The names of the views that a refresh publishes, in the order in which it does.';
