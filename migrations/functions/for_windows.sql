create or replace function analytics.for_windows(template text) returns text language sql stable as $$
  select string_agg(format(template, name, hours), ', ' order by hours) from analytics.list_windows()
$$;

comment on function analytics.for_windows(text) is 'SQL for each window, separated by commas: %1$I in the template is the name of its column, %2$s its length in hours.';
