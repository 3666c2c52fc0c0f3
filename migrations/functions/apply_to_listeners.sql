create or replace function analytics.apply_to_listeners() returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  insert into pg_temp.work_listener (listener, songs, artists)
  select listener, case when song is not null then turn else 0 end, case when artist is not null then turn else 0 end
  from pg_temp.work_turn where genre is null;

  insert into pg_temp.work_genre
  select genre, name, row_number() over (order by name collate "C") as place from analytics.genre;

  update analytics.listener set
    plays = listener.plays + change.plays, songs = listener.songs + change.songs, artists = listener.artists + change.artists,
    amount = listener.amount + change.amount, plays_7d = listener.plays_7d + change.plays_7d, plays_30d = listener.plays_30d + change.plays_30d,
    pay_per_stream = listener.pay_per_stream + change.pay_per_stream, gift_economy = listener.gift_economy + change.gift_economy,
    patronage = listener.patronage + change.patronage, auction = listener.auction + change.auction,
    first_played = case when change.is_extreme then change.extreme_first else least(listener.first_played, change.first_played) end,
    last_played = case when change.is_extreme then change.extreme_last else greatest(listener.last_played, change.last_played) end,
    favorite = case when change.is_genre then change.favorite else listener.favorite end,
    favorite_plays = case when change.is_genre then change.favorite_plays else listener.favorite_plays end,
    favorite_name = case when change.is_genre then change.favorite_name else listener.favorite_name end
  from (
    select work.*,
      extreme.listener is not null as is_extreme, extreme.first_played as extreme_first, extreme.last_played as extreme_last,
      touched.listener is not null as is_genre, favorite.genre as favorite, coalesce(favorite.plays, 0) as favorite_plays, favorite.name as favorite_name
    from (
      select listener, coalesce(sum(plays), 0) as plays, coalesce(sum(amount), 0) as amount, coalesce(sum(plays_7d), 0) as plays_7d,
        coalesce(sum(plays_30d), 0) as plays_30d, min(first_played) as first_played, max(last_played) as last_played,
        sum(songs) as songs, sum(artists) as artists,
        coalesce(sum(strategy_plays) filter (where strategy = 'pay-per-stream'), 0) as pay_per_stream,
        coalesce(sum(strategy_plays) filter (where strategy = 'gift-economy'), 0) as gift_economy,
        coalesce(sum(strategy_plays) filter (where strategy = 'patronage'), 0) as patronage,
        coalesce(sum(strategy_plays) filter (where strategy = 'auction'), 0) as auction
      from (
        select * from pg_temp.work_listener
        union all
        -- A listener whose only change is the genre of a song is concerned too.
        select listener, 0, 0, 0, 0, null, null, 0, 0, null, 0 from pg_temp.work_genre_pair
      ) part
      group by listener
    ) work
    left join (select distinct listener from pg_temp.work_genre_pair) touched using (listener)
    left join (
      -- The favourite is the highest of one number: the plays, and below them the place of the genre, first names highest.
      select best.listener, named.genre, best.best >> 24 as plays, named.name
      from (
        select listener, max((candidate.plays::bigint << 24) + 16777215 - named.place) as best
        from (
          select listener, genre, plays from pg_temp.work_genre_count where plays > 0
          union all
          -- What was not played now is behind the former favourite as before ...
          select listener, favorite, favorite_plays from analytics.listener
          where favorite is not null and listener in (select listener from pg_temp.work_genre_count)
            and listener not in (select listener from pg_temp.work_genre_count where change < 0)
          union all
          -- ... unless the favourite itself may have lost plays.
          select listener, genre, plays from analytics.genre_listener
          where listener in (select listener from pg_temp.work_genre_count where change < 0)
        ) candidate
        join pg_temp.work_genre named using (genre)
        group by listener
      ) best
      join pg_temp.work_genre named on named.place = 16777215 - (best.best & 16777215)
    ) favorite using (listener)
    left join (select known.listener, extreme.* from pg_temp.work_listener_extreme extreme join analytics.listener known using (listener_address)) extreme using (listener)
  ) change
  where listener.listener = change.listener;

  if exists (select from pg_temp.work_pair where plays < 0) then
    delete from analytics.listener using pg_temp.work_pair pair
    where pair.plays < 0 and listener.listener = pair.listener and listener.plays = 0;
  end if;
end
$$;

comment on function analytics.apply_to_listeners() is 'Adds the changes to the counters and favourites of the listeners they concern.';
