create or replace function refresh_artist_views(address text) returns jsonb language plpgsql set search_path from current as $$
begin
  if not exists (select from artists where artist_address = address) then
    raise exception 'there is no artist with the address %', coalesce(address, 'null')
      using errcode = 'no_data_found', hint = 'Expected a value of artists.artist_address.';
  end if;
  return analytics.refresh('sql');
end
$$;

comment on function refresh_artist_views(text) is 'Moves the numbers of one artist, by the whole cycle: it is cheap, and the views stay at one instant.';
