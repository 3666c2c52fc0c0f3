create or replace function analytics.apply_to_songs() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update analytics.song set
    plays = song.plays + change.plays, listeners = song.listeners + change.turns, duration = song.duration + change.duration,
    amount = song.amount + change.amount, plays_1d = song.plays_1d + change.plays_1d, plays_7d = song.plays_7d + change.plays_7d,
    plays_30d = song.plays_30d + change.plays_30d,
    first_played = case when change.is_extreme then change.extreme_first else least(song.first_played, change.first_played) end,
    last_played = case when change.is_extreme then change.extreme_last else greatest(song.last_played, change.last_played) end
  from (
    select pair.song, pair.plays, pair.duration, pair.amount, pair.plays_1d, pair.plays_7d, pair.plays_30d, pair.first_played, pair.last_played,
      coalesce(turns.turns, 0) as turns,
      extreme.song_id is not null as is_extreme, extreme.first_played as extreme_first, extreme.last_played as extreme_last
    from (
      select song, sum(plays) as plays, sum(duration) as duration, sum(amount) as amount, sum(plays_1d) as plays_1d, sum(plays_7d) as plays_7d,
        sum(plays_30d) as plays_30d, min(first_played) as first_played, max(last_played) as last_played
      from pg_temp.work_pair group by song
    ) pair
    left join (select song, sum(turn) as turns from pg_temp.work_turn where song is not null group by song) turns using (song)
    left join (select known.song, extreme.* from pg_temp.work_song_extreme extreme join analytics.song known using (song_id)) extreme using (song)
  ) change
  where song.song = change.song;

  if exists (select from pg_temp.work_song where not present) or exists (select from pg_temp.work_pair where plays < 0) then
    delete from analytics.song where not present and plays = 0;
  end if;
end
$$;

comment on function analytics.apply_to_songs() is 'Adds the changes to the counters of the songs they concern.';
