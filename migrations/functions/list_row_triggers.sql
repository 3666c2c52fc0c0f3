create or replace function analytics.list_row_triggers() returns name[] language sql immutable as $$
  select array['analytics_stamp_insert', 'analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete', 'analytics_queue_unstamped']::name[]
$$;

comment on function analytics.list_row_triggers() is 'The triggers of plays that capture changes of rows. See capture_from.';
