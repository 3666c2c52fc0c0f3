create or replace function analytics.note_freshness(view_name text) returns void language sql as $$
  insert into analytics.view_freshness (view, generation, as_of) select view_name, generation, as_of from analytics.engine
  on conflict (view) do update set generation = excluded.generation, as_of = excluded.as_of, is_behind = false
$$;

comment on function analytics.note_freshness(text) is 'Notes that a view is published at the instant of the state.';
