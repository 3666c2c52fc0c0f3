-- Reads all plays along time, so it is for the first closing, rebuilds and verify. The months are found by their bounds,
-- because date_trunc for each of millions of quarters takes several times as long.
create or replace function analytics.list_song_months(before date)
returns table (song int, month date, plays bigint, earnings numeric) rows 1000000
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  ending constant int := analytics.quarter_of(before::timestamp at time zone 'UTC');
  months constant date[] := array(
    select start::date
    from generate_series(
      (select date_trunc('month', least(greatest(min(first_played), '0001-01-01 00:00+00'), before) at time zone 'UTC') from analytics.song),
      before - interval '1 month', interval '1 month') start
    order by start);
  beginnings constant int[] := array(
    select analytics.quarter_of(month::timestamp at time zone 'UTC') from unnest(months) month order by month);
begin
  return query
  select counted.song, months[counted.place], counted.plays, counted.earnings
  from (
    select cell.subject as song, greatest(width_bucket(cell.quarter, beginnings), 1) as place, sum(cell.plays) as plays, sum(cell.earnings) as earnings
    from analytics.every_series_cell() cell
    where cell.kind = 'song' and cell.quarter < ending
    group by 1, 2
    having sum(cell.plays) <> 0 or sum(cell.earnings) <> 0
  ) counted;
end
$$;

comment on function analytics.list_song_months(date) is 'Plays and FLOW of each song in each month, in UTC, before one.';
