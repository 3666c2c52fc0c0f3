-- of_month: that of a closed statement, or the open month. Plays of later months belong to the open statement until their
-- month is closed.
create or replace function analytics.list_statement_lines(artist_address text, of_month date)
returns table (song_id text, month date, song_title text, strategy text, plays bigint, earnings numeric)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  beginning constant int := analytics.quarter_of(of_month::timestamp at time zone 'UTC');
begin
  if of_month is distinct from analytics.open_month() then
    return query
    select line.song_id, line.month, line.song_title, line.strategy, line.plays, line.earnings
    from analytics.statement
    join analytics.statement_line line using (statement)
    where statement.artist_address = $1 and statement.month = of_month;
    return;
  end if;
  return query
  select song.song_id, of_month, song.title, song.strategy, sum(cell.plays)::bigint, sum(cell.earnings)
  from analytics.artist
  join analytics.song using (artist)
  cross join lateral analytics.list_series_cells('song', song.song, beginning, null) cell
  where artist.artist_address = $1
  group by song.song
  having sum(cell.plays) <> 0 or sum(cell.earnings) <> 0
  union all
  select change.song_id, change.month, coalesce(song.title, analytics.booked_title($1, change.song_id)), null, change.plays, change.earnings
  from analytics.statement_change change
  left join analytics.song using (song_id)
  where change.artist_address = $1 and (change.plays <> 0 or change.earnings <> 0);
end
$$;

comment on function analytics.list_statement_lines(text, date) is
  'The lines of one statement of an artist: its songs, and adjustments, whose month is an earlier one.';
