create or replace function analytics.read_series(kind text, keys text[], bounds timestamptz[])
returns table (key text, "position" int, plays bigint, seconds bigint, earnings numeric)
language sql stable set search_path from current as $$
  with counted as (
    select subject.key, width_bucket(played_at, bounds) as place, count(*) as plays, sum(duration)::bigint as seconds, sum(amount_paid) as earnings
    from plays
    join songs using (song_id)
    cross join lateral (
      select case kind when 'platform' then '' when 'genre' then genre when 'artist' then artist_address::text when 'song' then song_id::text else listener_address::text end as key
    ) subject
    where played_at >= bounds[1] and played_at < bounds[cardinality(bounds)] and subject.key = any (keys)
    group by 1, 2
  )
  select wanted.key, place, counted.plays, counted.seconds, counted.earnings
  from (select distinct unnest(keys) as key) wanted left join counted using (key)
$$;

comment on function analytics.read_series(text, text[], timestamptz[]) is
  'The plays of subjects (platform, genre, artist, song, listener) in the buckets between the bounds: a row for each bucket that is not empty, or one without a position for a subject that has none.';
