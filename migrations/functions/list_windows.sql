-- The windows that songs are counted in. Each has a column of its name in analytics.song.
create or replace function analytics.list_windows() returns table (name text, hours int) language sql immutable as $$
  values ('plays_1d', 24), ('plays_7d', 168), ('plays_30d', 720)
$$;

comment on function analytics.list_windows() is 'The windows that songs are counted in: the column of each and its length in hours.';
