-- Why the changes alone would not do; null when they do.
create or replace function analytics.reason_to_rebuild(known analytics.engine) returns text language plpgsql set search_path from current as $$
begin
  if known.seen is null then return 'the views were never filled'; end if;
  if known.identity is distinct from analytics.current_identity()
    or pg_snapshot_xmax(known.seen) > pg_snapshot_xmax(pg_current_snapshot())
  then
    return 'the engine''s state comes from another cluster, database or table';
  end if;
  return null;
end
$$;

comment on function analytics.reason_to_rebuild(analytics.engine) is 'Whether the state can be carried on.';
