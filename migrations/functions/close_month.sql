create or replace function analytics.close_month(generation bigint, closed_at timestamptz, ended date) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  beginning constant timestamptz := ended::timestamp at time zone 'UTC';
  ending constant timestamptz := (ended + interval '1 month') at time zone 'UTC';
  first_quarter constant int := analytics.quarter_of(beginning);
  next_quarter constant int := analytics.quarter_of(ending);
begin
  with line as materialized (
    select artist.artist_address, ended as month, song.song_id, song.title, song.strategy, sum(cell.plays) as plays, sum(cell.earnings) as earnings
    from analytics.song
    join analytics.artist using (artist)
    cross join lateral analytics.list_series_cells('song', song.song, first_quarter, next_quarter) cell
    where song.first_played < ending and song.last_played >= beginning
    group by song.song, artist.artist_address
    having sum(cell.plays) <> 0 or sum(cell.earnings) <> 0
    union all
    select change.artist_address, change.month, change.song_id,
      coalesce(song.title, analytics.booked_title(change.artist_address, change.song_id)), null, change.plays, change.earnings
    from analytics.statement_change change
    left join analytics.song using (song_id)
    where change.plays <> 0 or change.earnings <> 0
  ), closed as (
    insert into analytics.statement (
      artist_address, month, closed_at, generation, backfilled, plays, earnings, adjusted_plays, adjusted_earnings)
    select artist_address, ended, $2, $1, false,
      coalesce(sum(plays) filter (where month = ended), 0), coalesce(sum(earnings) filter (where month = ended), 0),
      coalesce(sum(plays) filter (where month < ended), 0), coalesce(sum(earnings) filter (where month < ended), 0)
    from line group by artist_address order by artist_address
    returning statement, artist_address
  )
  insert into analytics.statement_line (statement, song_id, month, song_title, strategy, plays, earnings)
  select closed.statement, line.song_id, line.month, line.title, line.strategy, line.plays, line.earnings
  from line join closed using (artist_address);
  delete from analytics.statement_change;
end
$$;

comment on function analytics.close_month(bigint, timestamptz, date) is 'Closes the statements of the open month, with what changed in the months before it.';
