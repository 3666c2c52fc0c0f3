-- Before the dimensions of a song change, its multiplicities are noted under the old and the new ones.
create or replace function analytics.apply_dimensions() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from pg_temp.work_artist) and not exists (select from pg_temp.work_song) then
    return;
  end if;
  insert into analytics.artist (artist_address)
  select artist_address from pg_temp.work_artist union select artist_address from pg_temp.work_song where artist_address is not null
  except select artist_address from analytics.artist;
  update analytics.artist set name = work.name, present = work.present
  from pg_temp.work_artist work where artist.artist_address = work.artist_address;

  insert into analytics.genre (name)
  select genre_name from pg_temp.work_song where genre_name is not null except select name from analytics.genre;

  insert into pg_temp.work_move
  select song.song, song.artist as old_artist, artist.artist as new_artist, song.genre as old_genre, genre.genre as new_genre,
    song.strategy as old_strategy, work.strategy as new_strategy
  from pg_temp.work_song work
  join analytics.song on song.song_id = work.song_id
  left join analytics.artist on artist.artist_address = work.artist_address
  left join analytics.genre on genre.name = work.genre_name
  where song.plays > 0 and (song.artist is distinct from artist.artist or song.genre is distinct from genre.genre
    or song.strategy is distinct from work.strategy);

  update analytics.song set
    title = work.title, artist_address = work.artist_address, genre_name = work.genre_name, strategy = work.strategy,
    created_at = work.created_at, present = work.present,
    artist = (select artist.artist from analytics.artist where artist.artist_address = work.artist_address),
    genre = (select genre.genre from analytics.genre where genre.name = work.genre_name)
  from pg_temp.work_song work where song.song_id = work.song_id;

  insert into analytics.song (song_id, title, artist_address, genre_name, strategy, created_at, present, artist, genre)
  select work.song_id, work.title, work.artist_address, work.genre_name, work.strategy, work.created_at, true, artist.artist, genre.genre
  from pg_temp.work_song work
  left join analytics.artist on artist.artist_address = work.artist_address
  left join analytics.genre on genre.name = work.genre_name
  where work.present and not exists (select from analytics.song where song.song_id = work.song_id);
end
$$;

comment on function analytics.apply_dimensions() is 'Brings artists, genres and songs up to date.';
