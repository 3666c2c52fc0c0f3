-- See capture_from: ids that lie ahead of this cluster would look new to every refresh.
create or replace function analytics.step_over_foreign_writers(known analytics.engine) returns bigint language plpgsql set search_path from current as $$
declare
  highest bigint;
begin
  select max(analytics_writer) into highest from plays
  where analytics_writer >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint + known.writer_offset
    and analytics_writer <> pg_current_xact_id()::text::bigint + known.writer_offset
    and (analytics_writer < known.writer_offset
      or not pg_visible_in_snapshot((analytics_writer - known.writer_offset)::text::xid8, pg_current_snapshot()));
  if highest is null then return known.writer_offset; end if;
  perform analytics.capture_from(highest + 1);
  return highest + 1;
end
$$;

comment on function analytics.step_over_foreign_writers(analytics.engine) is 'Moves the capture above ids of another cluster; returns the offset that holds from now on.';
