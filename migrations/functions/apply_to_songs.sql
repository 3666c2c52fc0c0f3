create or replace function analytics.apply_to_songs() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format($apply$
    update analytics.song set
      plays = song.plays + pair.plays, listeners = song.listeners + coalesce(turns.turns, 0), duration = song.duration + pair.duration,
      amount = song.amount + pair.amount, %1$s,
      first_played = case when extreme.song is not null then extreme.first_played else least(song.first_played, pair.first_played) end,
      last_played = case when extreme.song is not null then extreme.last_played else greatest(song.last_played, pair.last_played) end
    from (
      select song, sum(plays) as plays, sum(duration) as duration, sum(amount) as amount, min(first_played) as first_played,
        max(last_played) as last_played, %2$s
      from pg_temp.work_pair group by song
    ) pair
    left join (select song, sum(turn) as turns from pg_temp.work_turn where song is not null group by song) turns using (song)
    left join (
      select known.song, work.first_played, work.last_played
      from pg_temp.work_song_extreme work join analytics.song known using (song_id)
    ) extreme using (song)
    where song.song = pair.song
  $apply$, analytics.for_windows('%1$I = song.%1$I + pair.%1$I'), analytics.for_windows('sum(%1$I) as %1$I'));

  if exists (select from pg_temp.work_song where not present) or exists (select from pg_temp.work_pair where plays < 0) then
    delete from analytics.song where not present and plays = 0;
  end if;
end
$$;

comment on function analytics.apply_to_songs() is 'Adds the changes to the counters of the songs they concern.';
