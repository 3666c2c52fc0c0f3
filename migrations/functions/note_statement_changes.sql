-- Before the series move, because a song that moves takes what was counted before with it; the new plays are already under
-- its new artist.
create or replace function analytics.note_statement_changes() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  open_from constant int := (select analytics.quarter_of(open_month::timestamp at time zone 'UTC') from analytics.engine where open_month is not null);
begin
  if open_from is null then
    return;
  end if;
  insert into analytics.statement_change as known (artist_address, song_id, month, plays, earnings)
  select artist.artist_address, changed.song_id, analytics.month_of(changed.quarter) as month, sum(changed.plays), sum(changed.earnings)
  from (
    select song.artist, song.song_id, work.quarter, work.plays, work.earnings
    from pg_temp.work_timed work join analytics.song using (song_id)
    where work.quarter < open_from
    union all
    select moved.artist, song.song_id, cell.quarter, moved.sign * cell.plays, moved.sign * cell.earnings
    from pg_temp.work_move move join analytics.song using (song)
    cross join lateral analytics.list_series_cells('song', move.song, -2147483648, open_from) cell
    cross join lateral (values (move.old_artist, -1), (move.new_artist, 1)) moved (artist, sign)
    where move.old_artist is distinct from move.new_artist
  ) changed
  join analytics.artist using (artist)
  group by artist.artist_address, changed.song_id, month
  having sum(changed.plays) <> 0 or sum(changed.earnings) <> 0
  on conflict on constraint statement_change_pkey do update set
    plays = known.plays + excluded.plays, earnings = known.earnings + excluded.earnings;
end
$$;

comment on function analytics.note_statement_changes() is 'Notes what was read of closed months for the adjustments of the next statements.';
