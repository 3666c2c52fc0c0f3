-- The whole refresh within one block: it is undone to the beginning of it, and what comes out is the reason.
create or replace function analytics.refresh_or_explain(trigger text, at timestamptz, known analytics.engine, forced_reason text, postponed text[] default '{}') returns jsonb
language plpgsql set search_path from current as $$
declare
  culprits text;
begin
  return analytics.run_refresh(trigger, at, known, forced_reason, postponed);
exception when program_limit_exceeded then
  -- Shorter ones fit by themselves; how much space a longer one takes depends on how well it compresses.
  select string_agg(format('%s of %s (%s bytes)', place, to_json(left(key, 60)), bytes), ', ') into culprits
  from (
    select place, key, octet_length(value) as bytes
    from (
      select 'songs.genre' as place, song_id::text as key, genre::text as value, pg_column_size(genre) as stored from songs
      union all select 'songs.song_id', song_id::text, song_id::text, pg_column_size(song_id) from songs
      union all select 'songs.artist_address', song_id::text, artist_address::text, pg_column_size(artist_address) from songs
      union all select 'artists.name', artist_address::text, name::text, pg_column_size(name) from artists
      union all select 'artists.artist_address', artist_address::text, artist_address::text, pg_column_size(artist_address) from artists
    ) texts
    where octet_length(value) > 1024 order by stored desc limit 3
  ) longest;
  if culprits is null then raise; end if;
  raise exception 'a text is too long for the indexes of the views: %', culprits
    using errcode = 'program_limit_exceeded', detail = 'Expected at most 1024 bytes of UTF-8; more may fit where a text compresses well.',
      hint = 'Shorten it, then refresh again.';
end
$$;

comment on function analytics.refresh_or_explain(text, timestamptz, analytics.engine, text, text[]) is 'A refresh whose error names the rows that no index can hold.';
