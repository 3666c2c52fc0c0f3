create or replace function analytics.rebuild(trigger text default 'sql', at timestamptz default null) returns jsonb
language plpgsql set search_path from current set row_security = off as $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine for update;
  return analytics.refresh_or_explain(trigger, at, known, 'asked for');
end
$$;

comment on function analytics.rebuild(text, timestamptz) is 'Recomputes everything from the tables. Waits for a running refresh.';
