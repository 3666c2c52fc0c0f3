-- Over the temporary tables of read_what_was_counted. A sample says something about its songs and listeners alone.
create or replace function analytics.compare_series(is_sample boolean)
returns table (view text, key text, published text, expected text)
language sql set search_path = pg_catalog, pg_temp as $$
  with of_song as (
    select song_id as key, quarter, sum(plays) as plays, sum(seconds) as seconds, sum(earnings) as earnings
    from (
      select song_id, analytics.quarter_of(played_at) as quarter, 1 as plays, duration as seconds, amount_paid as earnings
      from pg_temp.plays where not is_retired
      union all
      select retired.key, cell.*
      from analytics.retired_series retired
      cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
      where retired.kind = 'song'
    ) play
    where not is_sample or song_id in (select song_id from pg_temp.verify_song)
    group by song_id, quarter
  ), of_listener as (
    select listener_address as key, quarter, sum(plays) as plays, sum(seconds) as seconds, sum(earnings) as earnings
    from (
      select listener_address, analytics.quarter_of(played_at) as quarter, 1 as plays, duration as seconds, amount_paid as earnings
      from pg_temp.plays where not is_retired
      union all
      select retired.key, cell.*
      from analytics.retired_series retired
      cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
      where retired.kind = 'listener'
    ) play
    where not is_sample or listener_address in (select listener_address from pg_temp.verify_listener)
    group by listener_address, quarter
  ), expected as (
    select 'song' as kind, of_song.* from of_song
    union all
    select 'listener', of_listener.* from of_listener
    union all
    select 'artist', songs.artist_address, quarter, sum(plays), sum(seconds), sum(earnings)
    from of_song join pg_temp.songs on songs.song_id = of_song.key
    where not is_sample and songs.artist_address is not null group by songs.artist_address, quarter
    union all
    select 'genre', songs.genre, quarter, sum(plays), sum(seconds), sum(earnings)
    from of_song join pg_temp.songs on songs.song_id = of_song.key
    where not is_sample and songs.genre is not null group by songs.genre, quarter
    union all
    select 'platform', '', quarter, sum(plays), sum(seconds), sum(earnings) from of_song where not is_sample group by quarter
  ), subject as (
    select 'song'::analytics.series_kind as kind, 'song' as name, song as subject, song_id as key from analytics.song
    where not is_sample or song_id in (select song_id from pg_temp.verify_song)
    union all
    select 'listener', 'listener', listener, listener_address from analytics.listener
    where not is_sample or listener_address in (select listener_address from pg_temp.verify_listener)
    union all
    select 'artist', 'artist', artist, artist_address from analytics.artist where not is_sample
    union all
    select 'genre', 'genre', genre, name from analytics.genre where not is_sample
    union all
    select 'platform', 'platform', 0, '' where not is_sample
  ), published as (
    select subject.name as kind, subject.key, cell.quarter, sum(cell.plays) as plays, sum(cell.seconds) as seconds, sum(cell.earnings) as earnings
    from subject join analytics.every_series_cell() cell using (kind, subject)
    group by subject.name, subject.key, cell.quarter
    having sum(cell.plays) <> 0 or sum(cell.seconds) <> 0 or sum(cell.earnings) <> 0
  )
  select 'series of ' || kind, key, published::text, expected::text
  from published full join expected using (kind, key, quarter)
  where published.plays is distinct from expected.plays or published.seconds is distinct from expected.seconds
    or published.earnings is distinct from expected.earnings
$$;

comment on function analytics.compare_series(boolean) is 'Quarters of an hour in which a series differs from the plays that were counted.';
