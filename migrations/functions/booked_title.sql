create or replace function analytics.booked_title(artist_address text, song_id text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select line.song_title
  from analytics.statement join analytics.statement_line line using (statement)
  where statement.artist_address = $1 and line.song_id = $2
  order by statement.month desc limit 1
$$;

comment on function analytics.booked_title(text, text) is 'The title that a song had in the last statement; for songs that are gone.';
