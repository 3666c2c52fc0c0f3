-- kind: platform, genre, artist, song or listener. keys: genre names, artist addresses, song ids or listener addresses; one
-- empty text for the platform. bounds: where the buckets begin, and the end of the last, ascending, on quarters of an hour.
create or replace function analytics.read_series(kind text, keys text[], bounds timestamptz[])
returns table (key text, "position" int, plays bigint, seconds bigint, earnings numeric)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  wanted_kind constant analytics.series_kind := read_series.kind::analytics.series_kind;
  limits constant int[] := array(
    select analytics.quarter_of(bound) from unnest(bounds) with ordinality bound (bound, place) order by place);
  beginning constant int := limits[1];
  ending constant int := limits[cardinality(limits)];
begin
  return query
  with subject as materialized (
    select wanted.key, case read_series.kind
      when 'platform' then 0
      when 'genre' then (select genre.genre from analytics.genre where genre.name = wanted.key)
      when 'artist' then (select artist.artist from analytics.artist where artist.artist_address = wanted.key)
      when 'song' then (select song.song from analytics.song where song.song_id = wanted.key)
      when 'listener' then (select listener.listener from analytics.listener where listener.listener_address = wanted.key)
    end as subject
    from unnest(keys) wanted (key)
  )
  select subject.key, counted.place, counted.plays, counted.seconds, counted.earnings
  from subject
  left join lateral (
    select width_bucket(cell.quarter, limits) as place, sum(cell.plays) as plays, sum(cell.seconds)::bigint as seconds, sum(cell.earnings) as earnings
    from analytics.list_series_cells(wanted_kind, subject.subject, beginning, ending) cell
    group by 1
    having sum(cell.plays) <> 0
  ) counted on true;
end
$$;

comment on function analytics.read_series(text, text[], timestamptz[]) is 'Plays, listened seconds and FLOW of each bucket that is not empty, for each key; a key without any comes once without a position.';
