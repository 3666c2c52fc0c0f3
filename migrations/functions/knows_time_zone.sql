-- Asking for the one zone is quick; the view pg_timezone_names reads the files of all of them.
create or replace function analytics.knows_time_zone(zone text) returns boolean language plpgsql stable as $$
begin
  perform timestamptz 'epoch' at time zone zone;
  return true;
exception when invalid_parameter_value then
  return false;
end
$$;

comment on function analytics.knows_time_zone(text) is 'Whether the server has the time zone of that name.';
