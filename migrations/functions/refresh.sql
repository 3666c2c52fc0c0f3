-- The lock is the row of the engine: it ends with the transaction, also behind a transaction pooler and also when the
-- connection is killed. A caller in REPEATABLE READ with a snapshot older than the last refresh gets a serialization
-- error from it, so that nothing is ever counted twice. Row security is off: a statement
-- fails where it would hide plays. Views that are postponed keep their rows and their instant until a refresh publishes them.
create or replace function analytics.refresh(trigger text default 'sql', at timestamptz default null, wait boolean default false, postponed text[] default '{}') returns jsonb
language plpgsql set search_path from current set row_security = off as $$
declare
  before bigint;
  known analytics.engine;
begin
  select generation into before from analytics.engine;
  select * into known from analytics.engine for update skip locked;
  if not found then
    if not wait then return jsonb_build_object('outcome', 'running', 'generation', before); end if;
    select * into known from analytics.engine for update;
  end if;
  -- A caller that waited gets the result of the refresh that was running, unless that one failed or left views for later that
  -- this one is to publish.
  if wait and known.generation > before
    and not exists (select from analytics.view_freshness where is_behind and view <> all (postponed)) then
    return analytics.describe_refresh('joined', known.generation);
  end if;
  return analytics.refresh_or_explain(trigger, at, known, null, postponed);
end
$$;

comment on function analytics.refresh(text, timestamptz, boolean, text[]) is 'Brings all views to one instant, at the cost of what changed. When another refresh is running: says so at once, or waits for its result.';
