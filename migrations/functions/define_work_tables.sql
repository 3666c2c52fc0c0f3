create or replace function analytics.define_work_tables() returns text language sql stable as $$
  select replace($tables$
create temporary table work_artist (artist_address text, name text, present boolean) on commit delete rows;
create temporary table work_song (
  song_id text, title text, artist_address text, genre_name text, strategy text, created_at timestamptz, present boolean
) on commit delete rows;
create temporary table work_play (
  song_id text, listener_address text, plays bigint, duration bigint, amount numeric,
  first_played timestamptz, last_played timestamptz, WINDOWS
) on commit delete rows;
create temporary table work_timed (
  song_id text, listener_address text, quarter int, plays int, seconds bigint, earnings numeric
) on commit delete rows;
create temporary table work_song_extreme (song_id text, first_played timestamptz, last_played timestamptz) on commit delete rows;
create temporary table work_listener_extreme (
  listener_address text, first_played timestamptz, last_played timestamptz
) on commit delete rows;
create temporary table work_move (
  song int, old_artist int, new_artist int, old_genre int, new_genre int, old_strategy text, new_strategy text
) on commit delete rows;
create temporary table work_pair (
  song_id text, listener_address text, plays bigint, duration bigint, amount numeric,
  first_played timestamptz, last_played timestamptz, WINDOWS,
  song int, listener int, artist int, genre int, strategy text
) on commit delete rows;
create temporary table work_artist_pair (artist int, listener int, plays int) on commit delete rows;
create temporary table work_genre_pair (listener int, genre int, plays int) on commit delete rows;
create temporary table work_turn (song int, artist int, genre int, listener int, turn int) on commit delete rows;
create temporary table work_genre_count (listener int, genre int, plays int, change int) on commit delete rows;
create temporary table work_listener (
  listener int, plays bigint, amount numeric, plays_7d bigint, plays_30d bigint, first_played timestamptz, last_played timestamptz,
  songs int, artists int, strategy text, strategy_plays bigint
) on commit delete rows;
create temporary table work_genre (genre int, name text, place bigint) on commit delete rows;
create temporary table work_series (
  kind analytics.series_kind, subject int, quarter int, plays int, seconds bigint, earnings numeric
) on commit delete rows;
create temporary table work_segment (
  kind analytics.series_kind, subject int, since int, cells int, quarters int[], plays int[], seconds bigint[], earnings numeric[]
) on commit delete rows;
create temporary table work_cell (
  kind analytics.series_kind, subject int, since int, quarter int, plays int, seconds bigint, earnings numeric, is_last boolean
) on commit delete rows;
$tables$, 'WINDOWS', analytics.for_windows('%1$I bigint'))
$$;

comment on function analytics.define_work_tables() is 'The tables that a refresh reads into and works with.';
