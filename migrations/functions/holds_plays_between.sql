create or replace function analytics.holds_plays_between(holder regclass, beginning timestamptz, ending timestamptz) returns boolean
language plpgsql set search_path from current as $$
declare
  found_play boolean;
begin
  execute format('select exists (select from %s where played_at >= $1 and played_at < $2)', holder) into found_play using beginning, ending;
  return found_play;
end
$$;

comment on function analytics.holds_plays_between(regclass, timestamptz, timestamptz) is 'Whether a partition holds plays of a period.';
