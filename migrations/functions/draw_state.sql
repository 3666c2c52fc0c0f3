-- 48 random bits: they fit into a number of JavaScript, and stand beside every row that is read.
create or replace function analytics.draw_state() returns bigint language sql volatile as $$
  select ('x' || right(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint
$$;

comment on function analytics.draw_state() is 'A random name for what the views show.';
