-- Temporary, so that neither write-ahead log nor vacuum has to do with them; they end with the transaction.
create or replace function analytics.open_work_tables() returns void language plpgsql as $$
begin
  perform analytics.close_work_tables();
  create temporary table work_artist (artist_address text, name text, present boolean) on commit drop;
  create temporary table work_song (
    song_id text, title text, artist_address text, genre_name text, strategy text, created_at timestamptz, present boolean
  ) on commit drop;
  execute format('
    create temporary table work_play (
      song_id text, listener_address text, plays bigint, duration bigint, amount numeric,
      first_played timestamptz, last_played timestamptz, %s
    ) on commit drop', analytics.for_windows('%1$I bigint'));
  create temporary table work_timed (
    song_id text, listener_address text, quarter int, plays int, seconds bigint, earnings numeric
  ) on commit drop;
  create temporary table work_song_extreme (song_id text, first_played timestamptz, last_played timestamptz) on commit drop;
  create temporary table work_listener_extreme (listener_address text, first_played timestamptz, last_played timestamptz) on commit drop;
end
$$;

comment on function analytics.open_work_tables() is 'Makes the tables that a reading fills.';
