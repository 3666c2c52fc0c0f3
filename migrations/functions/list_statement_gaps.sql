create or replace function analytics.list_statement_gaps()
returns table (artist_address text, song_id text, month date, plays bigint, earnings numeric)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select artist_address, song_id, month, coalesce(counted.plays, 0) - coalesce(booked.plays, 0), coalesce(counted.earnings, 0) - coalesce(booked.earnings, 0)
  from (
    select artist.artist_address, song.song_id, past.month, past.plays, past.earnings
    from analytics.engine
    cross join lateral analytics.list_song_months(engine.open_month) past
    join analytics.song using (song)
    join analytics.artist using (artist)
    where engine.open_month is not null
  ) counted
  full join (
    select statement.artist_address, line.song_id, line.month, sum(line.plays)::bigint as plays, sum(line.earnings) as earnings
    from analytics.statement join analytics.statement_line line using (statement)
    group by statement.artist_address, line.song_id, line.month
  ) booked using (artist_address, song_id, month)
  where coalesce(counted.plays, 0) <> coalesce(booked.plays, 0) or coalesce(counted.earnings, 0) <> coalesce(booked.earnings, 0)
$$;

comment on function analytics.list_statement_gaps() is 'By how much the plays of closed months differ from what was booked for them.';
