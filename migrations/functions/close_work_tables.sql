create or replace function analytics.close_work_tables() returns void language plpgsql set client_min_messages = warning as $$
begin
  drop table if exists pg_temp.work_artist, pg_temp.work_song, pg_temp.work_play, pg_temp.work_song_extreme, pg_temp.work_listener_extreme,
    pg_temp.work_pair, pg_temp.work_move, pg_temp.work_artist_pair, pg_temp.work_genre_pair, pg_temp.work_turn, pg_temp.work_listener, pg_temp.work_genre, pg_temp.work_genre_count,
    pg_temp.work_timed, pg_temp.work_series, pg_temp.work_segment, pg_temp.work_cell;
end
$$;

comment on function analytics.close_work_tables() is 'Drops the work tables of this session, also those of former versions.';
