create or replace function analytics.backfill_statements(generation bigint, closed_at timestamptz, before date) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  started constant timestamptz := clock_timestamp();
  total bigint;
begin
  raise notice 'statements: closing all months before %', to_char(before, 'YYYY-MM');
  with line as materialized (
    select song.artist, past.month, song.song_id, song.title, song.strategy, past.plays, past.earnings
    from analytics.list_song_months(before) past
    join analytics.song using (song)
    where song.artist is not null
  ), closed as (
    insert into analytics.statement (
      artist_address, month, closed_at, generation, backfilled, plays, earnings, adjusted_plays, adjusted_earnings)
    select artist.artist_address, total.month, $2, $1, true, total.plays, total.earnings, 0, 0
    from (select artist, month, sum(plays) as plays, sum(earnings) as earnings from line group by artist, month) total
    join analytics.artist using (artist)
    order by total.month, total.artist
    returning statement, artist_address, month
  )
  insert into analytics.statement_line (statement, song_id, month, song_title, strategy, plays, earnings)
  select closed.statement, line.song_id, line.month, line.title, line.strategy, line.plays, line.earnings
  from closed
  join analytics.artist using (artist_address)
  join line using (artist, month)
  order by closed.statement, line.song_id collate "C";
  get diagnostics total = row_count;
  analyze analytics.statement, analytics.statement_line;
  raise notice 'statements: % songs of all months booked after % s', total, round(extract(epoch from clock_timestamp() - started), 1);
end
$$;

comment on function analytics.backfill_statements(bigint, timestamptz, date) is 'Closes all past months at once, without adjustments.';
