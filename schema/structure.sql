-- The sum of the migrations, as pg_dump sees it. Generated; do not edit.

CREATE SCHEMA analytics;

COMMENT ON SCHEMA analytics IS 'Engine state, refresh ledger and functions of the analytics gateway. The tables of the user live outside of it.';

CREATE TYPE analytics.series_kind AS ENUM (
    'platform',
    'genre',
    'artist',
    'song',
    'listener'
);

CREATE FUNCTION analytics.apply_changes() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (select from pg_temp.work_play) and not exists (select from pg_temp.work_song) then
    return;
  end if;
  perform analytics.resolve_keys();

  -- A song that moves takes what was counted before with it; the new plays are already under its new dimensions.
  insert into pg_temp.work_artist_pair
  select artist, listener, sum(plays)::int as plays
  from (
    select artist, listener, plays from pg_temp.work_pair
    union all select move.old_artist, pair.listener, -pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
    union all select move.new_artist, pair.listener, pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
  ) change
  where artist is not null group by artist, listener having sum(plays) <> 0;

  insert into pg_temp.work_genre_pair
  select listener, genre, sum(plays)::int as plays
  from (
    select listener, genre, plays from pg_temp.work_pair
    union all select pair.listener, move.old_genre, -pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
    union all select pair.listener, move.new_genre, pair.plays from pg_temp.work_move move join analytics.song_listener pair using (song)
  ) change
  where genre is not null group by listener, genre having sum(plays) <> 0;

  insert into pg_temp.work_listener
  select listener, plays, amount, plays_7d, plays_30d, first_played, last_played, 0 as songs, 0 as artists, strategy, plays as strategy_plays
  from pg_temp.work_pair
  union all
  select pair.listener, 0, 0, 0, 0, null, null, 0, 0, moved.strategy, moved.sign * pair.plays
  from pg_temp.work_move move join analytics.song_listener pair using (song)
  cross join lateral (values (move.old_strategy, -1), (move.new_strategy, 1)) moved (strategy, sign)
  where move.old_strategy is distinct from move.new_strategy;

  -- A turn is a pair that appeared (1) or vanished (-1): a distinct count changes by it.
  with merged as (
    insert into analytics.song_listener as known (song, listener, plays)
    select song, listener, plays from pg_temp.work_pair where plays <> 0 order by song, listener
    on conflict (song, listener) do update set plays = known.plays + excluded.plays
    returning song, listener, plays
  )
  insert into pg_temp.work_turn (song, listener, turn)
  select song, listener, (merged.plays > 0)::int - (merged.plays - pair.plays > 0)::int
  from merged join pg_temp.work_pair pair using (song, listener)
  where (merged.plays > 0) <> (merged.plays - pair.plays > 0);

  with merged as (
    insert into analytics.artist_listener as known (artist, listener, plays)
    select artist, listener, plays from pg_temp.work_artist_pair order by artist, listener
    on conflict (artist, listener) do update set plays = known.plays + excluded.plays
    returning artist, listener, plays
  )
  insert into pg_temp.work_turn (artist, listener, turn)
  select artist, listener, (merged.plays > 0)::int - (merged.plays - pair.plays > 0)::int
  from merged join pg_temp.work_artist_pair pair using (artist, listener)
  where (merged.plays > 0) <> (merged.plays - pair.plays > 0);

  -- Kept for the favourites, which follow from the new counts.
  with merged as (
    insert into analytics.genre_listener as known (listener, genre, plays)
    select listener, genre, plays from pg_temp.work_genre_pair order by listener, genre
    on conflict (listener, genre) do update set plays = known.plays + excluded.plays
    returning listener, genre, plays
  )
  insert into pg_temp.work_genre_count
  select listener, genre, merged.plays, pair.plays from merged join pg_temp.work_genre_pair pair using (listener, genre);
  insert into pg_temp.work_turn (genre, listener, turn)
  select genre, listener, (plays > 0)::int - (plays - change > 0)::int
  from pg_temp.work_genre_count where (plays > 0) <> (plays - change > 0);

  if exists (select from pg_temp.work_turn where turn < 0) then
    delete from analytics.song_listener known using pg_temp.work_turn turn
    where turn.turn < 0 and known.song = turn.song and known.listener = turn.listener and known.plays = 0;
    delete from analytics.artist_listener known using pg_temp.work_turn turn
    where turn.turn < 0 and known.artist = turn.artist and known.listener = turn.listener and known.plays = 0;
    delete from analytics.genre_listener known using pg_temp.work_turn turn
    where turn.turn < 0 and known.genre = turn.genre and known.listener = turn.listener and known.plays = 0;
  end if;

  update analytics.artist set listeners = listeners + change.turns
  from (select artist, sum(turn) as turns from pg_temp.work_turn where artist is not null group by artist) change
  where artist.artist = change.artist and change.turns <> 0;

  update analytics.genre set listeners = listeners + change.turns
  from (select genre, sum(turn) as turns from pg_temp.work_turn where genre is not null group by genre) change
  where genre.genre = change.genre and change.turns <> 0;

  perform analytics.apply_to_series();
  perform analytics.apply_to_songs();
  perform analytics.apply_to_listeners();
end
$$;

COMMENT ON FUNCTION analytics.apply_changes() IS 'Adds what was read to pairs, songs, listeners, artists and genres.';

CREATE FUNCTION analytics.apply_dimensions() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION analytics.apply_dimensions() IS 'Brings artists, genres and songs up to date.';

CREATE FUNCTION analytics.apply_to_active_listeners() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  with bucket as materialized (
    -- Changes of many listeners are in few quarters.
    select each.quarter, bucket.unit, bucket.starts_on, bucket.starts_on::timestamp at time zone 'UTC' as starts_at,
      (bucket.starts_on + ('1 ' || bucket.unit)::interval) at time zone 'UTC' as ends_at
    from (select distinct quarter from pg_temp.work_series where kind = 'listener') each
    cross join lateral analytics.list_active_buckets(each.quarter) bucket
  ), change as materialized (
    select counted.*, case
      -- Mostly the last play so far tells it without looking further.
      when counted.plays < 0 then null
      when known.last_played is null or known.last_played < counted.starts_at then false
      when known.last_played < counted.ends_at then true
    end as was_active
    from (
      select work.subject as listener, bucket.unit, bucket.starts_on, bucket.starts_at, bucket.ends_at, sum(work.plays) as plays
      from pg_temp.work_series work join bucket using (quarter)
      where work.kind = 'listener'
      group by work.subject, bucket.unit, bucket.starts_on, bucket.starts_at, bucket.ends_at
      having sum(work.plays) <> 0
    ) counted
    join analytics.listener known using (listener)
  ), range as (
    select listener, analytics.quarter_of(min(starts_at)) as beginning, analytics.quarter_of(max(ends_at)) as ending
    from change where was_active is null group by listener
  ), before as (
    select range.listener, bucket.unit, bucket.starts_on, sum(cell.plays) as plays
    from range
    cross join lateral analytics.list_series_cells('listener', range.listener, range.beginning, range.ending) cell
    cross join lateral analytics.list_active_buckets(cell.quarter) bucket
    group by range.listener, bucket.unit, bucket.starts_on
  ), turn as (
    select unit, starts_on, case
      when change.was_active is not null then (not change.was_active)::int
      else (coalesce(before.plays, 0) + change.plays > 0)::int - (coalesce(before.plays, 0) > 0)::int
    end as turn
    from change left join before using (listener, unit, starts_on)
  )
  insert into analytics.active_listener as known (unit, starts_on, listeners)
  select unit, starts_on, sum(turn) from turn group by unit, starts_on having sum(turn) <> 0
  on conflict (unit, starts_on) do update set listeners = known.listeners + excluded.listeners;
  delete from analytics.active_listener where listeners = 0;
end
$$;

COMMENT ON FUNCTION analytics.apply_to_active_listeners() IS 'Counts the listeners that became active in a day, week or month, or are no longer.';

CREATE FUNCTION analytics.apply_to_listeners() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION analytics.apply_to_listeners() IS 'Adds the changes to the counters and favourites of the listeners they concern.';

CREATE FUNCTION analytics.apply_to_series() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (select from pg_temp.work_timed) and not exists (select from pg_temp.work_move) then
    return;
  end if;
  insert into pg_temp.work_series
  with timed as materialized (
    select song.song, song.artist, song.genre, listener.listener, work.quarter, work.plays, work.seconds, work.earnings
    from pg_temp.work_timed work
    join analytics.song using (song_id)
    join analytics.listener using (listener_address)
  ), moved as materialized (
    -- A song that moves takes what was counted before with it; the new plays are already under its new dimensions.
    select move.old_artist, move.new_artist, move.old_genre, move.new_genre, cell.quarter, cell.plays, cell.seconds, cell.earnings
    from pg_temp.work_move move
    join analytics.every_series_cell() cell on cell.kind = 'song' and cell.subject = move.song
  )
  select 'song'::analytics.series_kind as kind, song as subject, quarter, plays, seconds, earnings from timed
  union all
  select 'listener', listener, quarter, plays, seconds, earnings from timed
  union all
  select kind, subject, quarter, sum(plays)::int, sum(seconds)::bigint, sum(earnings)
  from (
    select 'platform'::analytics.series_kind as kind, 0 as subject, quarter, plays, seconds, earnings from timed
    union all select 'genre', genre, quarter, plays, seconds, earnings from timed
    union all select 'artist', artist, quarter, plays, seconds, earnings from timed
    union all select 'genre', old_genre, quarter, -plays, -seconds, -earnings from moved
    union all select 'genre', new_genre, quarter, plays, seconds, earnings from moved
    union all select 'artist', old_artist, quarter, -plays, -seconds, -earnings from moved
    union all select 'artist', new_artist, quarter, plays, seconds, earnings from moved
  ) change
  where subject is not null
  group by kind, subject, quarter
  having sum(plays) <> 0 or sum(seconds) <> 0 or sum(earnings) <> 0;

  perform analytics.note_statement_changes();
  perform analytics.apply_to_active_listeners();
  insert into analytics.series_recent select * from pg_temp.work_series;
  perform analytics.pack_series();
end
$$;

COMMENT ON FUNCTION analytics.apply_to_series() IS 'Adds what was read to the series of the platform, genres, artists, songs and listeners.';

CREATE FUNCTION analytics.apply_to_songs() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
$_$;

COMMENT ON FUNCTION analytics.apply_to_songs() IS 'Adds the changes to the counters of the songs they concern.';

CREATE FUNCTION analytics.backfill_statements(generation bigint, closed_at timestamp with time zone, before date) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
  started constant timestamptz := clock_timestamp();
  total bigint;
begin
  raise notice 'statements: closing all months before %', to_char(before, 'YYYY-MM');
  with line as materialized (
    select song.artist, past.month, song.song_id, song.title, song.strategy, past.plays, past.earnings
    from analytics.list_song_months(before) past
    join analytics.song using (song)
    where song.artist is not null
  ), closed as (
    insert into analytics.statement (
      artist_address, month, closed_at, generation, backfilled, plays, earnings, adjusted_plays, adjusted_earnings)
    select artist.artist_address, total.month, $2, $1, true, total.plays, total.earnings, 0, 0
    from (select artist, month, sum(plays) as plays, sum(earnings) as earnings from line group by artist, month) total
    join analytics.artist using (artist)
    order by total.month, total.artist
    returning statement, artist_address, month
  )
  insert into analytics.statement_line (statement, song_id, month, song_title, strategy, plays, earnings)
  select closed.statement, line.song_id, line.month, line.title, line.strategy, line.plays, line.earnings
  from closed
  join analytics.artist using (artist_address)
  join line using (artist, month)
  order by closed.statement, line.song_id collate "C";
  get diagnostics total = row_count;
  analyze analytics.statement, analytics.statement_line;
  raise notice 'statements: % songs of all months booked after % s', total, round(extract(epoch from clock_timestamp() - started), 1);
end
$_$;

COMMENT ON FUNCTION analytics.backfill_statements(generation bigint, closed_at timestamp with time zone, before date) IS 'Closes all past months at once, without adjustments.';

CREATE FUNCTION analytics.booked_title(artist_address text, song_id text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
  select line.song_title
  from analytics.statement join analytics.statement_line line using (statement)
  where statement.artist_address = $1 and line.song_id = $2
  order by statement.month desc limit 1
$_$;

COMMENT ON FUNCTION analytics.booked_title(artist_address text, song_id text) IS 'The title that a song had in the last statement; for songs that are gone.';

CREATE FUNCTION analytics.can_publish_concurrently(view_id oid) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select relispopulated and exists (
    select from pg_index where indrelid = view_id and indisunique and indisvalid and indimmediate and indpred is null and 0 <> all (indkey::int2[]))
  from pg_class where oid = view_id
$$;

COMMENT ON FUNCTION analytics.can_publish_concurrently(view_id oid) IS 'Whether a view can be published while it is read.';

CREATE FUNCTION analytics.capture_from(writer_offset bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  -- The older name of pg_current_xact_id(), because that one's type turns into a number only by way of text, and every
  -- insert would pay for it.
  execute format('alter table plays alter column analytics_writer set default (txid_current() + %s)', writer_offset);
  execute format('create or replace trigger analytics_stamp_insert before insert on plays for each row
    when (new.analytics_writer is distinct from (txid_current() + %s)) execute function analytics.stamp_play(%L)',
    writer_offset, writer_offset);
  -- A change of other columns is none of the engine's business and costs only these comparisons.
  execute format('create or replace trigger analytics_stamp before update on plays for each row
    when (old.analytics_writer is distinct from new.analytics_writer or old.song_id is distinct from new.song_id
      or old.listener_address is distinct from new.listener_address or old.played_at is distinct from new.played_at
      or old.duration is distinct from new.duration or old.amount_paid is distinct from new.amount_paid)
    execute function analytics.stamp_play(%L)', writer_offset);
  create or replace trigger analytics_queue_update after update on plays for each row
    when (old.analytics_writer is distinct from new.analytics_writer) execute function analytics.queue_play();
  create or replace trigger analytics_queue_delete after delete on plays for each row execute function analytics.queue_play();
  create or replace trigger analytics_queue_unstamped after update on plays for each row
    when (old.analytics_writer is not distinct from new.analytics_writer and (old.song_id is distinct from new.song_id
      or old.listener_address is distinct from new.listener_address or old.played_at is distinct from new.played_at
      or old.duration is distinct from new.duration or old.amount_paid is distinct from new.amount_paid))
    execute function analytics.notice_unstamped_play();
  perform analytics.watch_truncate();
  perform analytics.enable_capture();
end
$$;

COMMENT ON FUNCTION analytics.capture_from(writer_offset bigint) IS 'Installs the default and the triggers that capture changes of plays.';

CREATE FUNCTION analytics.chart_week(at timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    AS $$
  select date_bin('7 days', at, '2000-01-07 00:00:00+00')
$$;

COMMENT ON FUNCTION analytics.chart_week(at timestamp with time zone) IS 'When the week of charts that holds an instant begins: Friday 00:00 UTC.';

CREATE FUNCTION analytics.close_chart_week(week timestamp with time zone, beyond bigint, in_flight bigint[], closed_at timestamp with time zone, generation bigint, is_backfilled boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_nestloop TO 'off'
    AS $$
begin
  with play as materialized (
    select song_id, listener_address, amount_paid
    from (
      select song_id::text, listener_address::text, amount_paid, analytics_writer as writer from plays
      where played_at >= week and played_at < week + interval '7 days'
      union all
      select song_id, listener_address, amount_paid, writer from analytics.play_queue
      where played_at >= week and played_at < week + interval '7 days'
    ) each
    where writer is null or (writer < beyond and writer <> all (in_flight))
  ), counted as materialized (
    select counted.song_id, counted.plays, song.title, song.artist, song.artist_address, song.genre_name
    from (select song_id, count(*) as plays from play group by song_id) counted
    join analytics.song on song.song_id = counted.song_id and song.present
  ), ranked as (
    select chart, song_id, plays, title, artist, artist_address, rank() over (partition by chart order by plays desc)::int as rank
    from (
      select chart.chart, counted.* from counted join analytics.chart on chart.genre is null
      union all
      select chart.chart, counted.* from counted join analytics.chart on chart.genre = counted.genre_name
    ) contender
  ), placed as materialized (
    select *
    from (
      -- Of equals at the end the first by identifier stay.
      select *, row_number() over (partition by chart order by rank, song_id) as place from ranked where rank <= 100
    ) cut
    where place <= 100
  ), heard as materialized (
    select song_id, count(*) as listeners, sum(amount) as earnings
    from (
      select song_id, listener_address, sum(amount_paid) as amount
      from play where song_id in (select song_id from placed) group by song_id, listener_address
    ) listened
    group by song_id
  ), edition as (
    insert into analytics.chart_edition (chart, number, period_start, period_end, closed_at, generation, is_backfilled)
    select chart, coalesce((select max(before.number) from analytics.chart_edition before where before.chart = placed.chart), 0) + 1,
      week, week + interval '7 days', close_chart_week.closed_at, close_chart_week.generation, close_chart_week.is_backfilled
    from placed group by chart order by chart
    returning chart_edition.chart, chart_edition.number
  ), remembered as (
    select placed.*, edition.number, latest.rank as last_rank, latest.peak_rank, latest.editions_on_chart,
      case when latest.number = edition.number - 1 then latest.rank end as previous_rank,
      case when latest.number = edition.number - 1 then latest.streak else 0 end as streak
    from placed join edition using (chart)
    left join lateral (
      select entry.number, entry.rank, entry.peak_rank, entry.editions_on_chart, entry.streak from analytics.chart_entry entry
      where entry.chart = placed.chart and entry.song_id = placed.song_id order by entry.number desc limit 1
    ) latest on true
  )
  insert into analytics.chart_entry (
    chart, number, song_id, rank, plays, unique_listeners, earnings, song_title, artist_address, artist_name, previous_rank, last_rank,
    peak_rank, editions_on_chart, streak, status)
  select chart, number, song_id, rank, remembered.plays, heard.listeners, heard.earnings, title, remembered.artist_address, artist.name,
    previous_rank, last_rank, least(rank, peak_rank), coalesce(editions_on_chart, 0) + 1, streak + 1,
    case
      when last_rank is null then 'NEW'
      when previous_rank is null then 'RE_ENTRY'
      when rank < previous_rank then 'UP'
      when rank > previous_rank then 'DOWN'
      else 'SAME'
    end
  from remembered
  join heard using (song_id)
  left join analytics.artist on artist.artist = remembered.artist and artist.present
  order by chart, rank, song_id;
end
$$;

COMMENT ON FUNCTION analytics.close_chart_week(week timestamp with time zone, beyond bigint, in_flight bigint[], closed_at timestamp with time zone, generation bigint, is_backfilled boolean) IS 'Writes the editions of one week: that of all songs and those of the genres.';

CREATE TABLE analytics.engine (
    single boolean DEFAULT true NOT NULL,
    generation bigint DEFAULT 0 NOT NULL,
    as_of timestamp with time zone,
    seen pg_snapshot,
    own_writer bigint,
    writer_offset bigint DEFAULT 0 NOT NULL,
    identity text,
    partitions oid[] DEFAULT '{}'::oid[] NOT NULL,
    capture jsonb,
    state bigint DEFAULT ((('x'::text || "right"(replace((gen_random_uuid())::text, '-'::text, ''::text), 12)))::bit(48))::bigint NOT NULL,
    previous_state bigint,
    open_month date,
    charts_closed_until timestamp with time zone,
    catalogue jsonb,
    CONSTRAINT engine_single_check CHECK (single)
)
WITH (fillfactor='50');

COMMENT ON TABLE analytics.engine IS 'One row, and the lock of the refresh: the instant of the views and the snapshot that they were read under.';

COMMENT ON COLUMN analytics.engine.seen IS 'The snapshot of the last reading: what it could see has been counted.';

COMMENT ON COLUMN analytics.engine.own_writer IS 'The transaction of the last refresh, which its own snapshot does not name.';

COMMENT ON COLUMN analytics.engine.writer_offset IS 'What plays.analytics_writer adds to the transaction id.';

COMMENT ON COLUMN analytics.engine.identity IS 'The cluster, database and tables that the transaction ids belong to.';

COMMENT ON COLUMN analytics.engine.partitions IS 'The partitions of plays that have been counted.';

COMMENT ON COLUMN analytics.engine.capture IS 'What captured the changes of plays when they were last read: a digest for each table that holds them.';

COMMENT ON COLUMN analytics.engine.state IS 'Names what the views show: drawn anew by each refresh, so that no other history comes to it.';

COMMENT ON COLUMN analytics.engine.previous_state IS 'The state that the last refresh started from.';

COMMENT ON COLUMN analytics.engine.open_month IS 'The first month that is not closed. Null until a month with plays is over.';

COMMENT ON COLUMN analytics.engine.charts_closed_until IS 'All weeks before this Friday have been closed; null until there are plays of a week that is over.';

COMMENT ON COLUMN analytics.engine.catalogue IS 'What the last refresh read artists and songs from, and how many there were: see analytics.current_catalogue.';

CREATE FUNCTION analytics.close_charts(known analytics.engine, until timestamp with time zone, seen pg_snapshot, writer_offset bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  started constant timestamptz := clock_timestamp();
  ending constant timestamptz := analytics.chart_week(until);
  beyond constant bigint := pg_snapshot_xmax(seen)::text::bigint + writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + writer_offset from pg_snapshot_xip(seen) id)
    || (pg_current_xact_id()::text::bigint + writer_offset);
  -- No edition begins before the first Friday of the year 1.
  week timestamptz := coalesce(known.charts_closed_until, '0001-01-05 00:00:00+00');
  closed int := 0;
begin
  -- Held by analytics.postpone_charts: a later refresh closes what is due.
  if not pg_try_advisory_xact_lock(hashtextextended('analytics.close_charts', 0)) then return; end if;
  loop
    week := analytics.next_chart_week(week, ending, beyond, in_flight);
    exit when week is null;
    if closed = 0 then
      insert into analytics.chart (genre)
      select null union select genre_name from analytics.song where present except select genre from analytics.chart;
    end if;
    perform analytics.close_chart_week(week, beyond, in_flight, until, known.generation + 1,
      is_backfilled => known.as_of is null or known.as_of >= week + interval '7 days');
    closed := closed + 1;
    week := week + interval '7 days';
    if closed % 10 = 0 then
      raise notice 'charts: % weeks closed, up to %, after % s', closed, week::date, round(extract(epoch from clock_timestamp() - started), 1);
    end if;
  end loop;
  -- Until there are plays of a week that is over, the history may still be to come.
  if closed > 0 or known.charts_closed_until is not null then
    update analytics.engine set charts_closed_until = ending;
  end if;
end
$$;

COMMENT ON FUNCTION analytics.close_charts(known analytics.engine, until timestamp with time zone, seen pg_snapshot, writer_offset bigint) IS 'Closes the charts of all weeks that have ended and were not closed before.';

CREATE FUNCTION analytics.close_month(generation bigint, closed_at timestamp with time zone, ended date) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
  beginning constant timestamptz := ended::timestamp at time zone 'UTC';
  ending constant timestamptz := (ended + interval '1 month') at time zone 'UTC';
  first_quarter constant int := analytics.quarter_of(beginning);
  next_quarter constant int := analytics.quarter_of(ending);
begin
  with line as materialized (
    select artist.artist_address, ended as month, song.song_id, song.title, song.strategy, sum(cell.plays) as plays, sum(cell.earnings) as earnings
    from analytics.song
    join analytics.artist using (artist)
    cross join lateral analytics.list_series_cells('song', song.song, first_quarter, next_quarter) cell
    where song.first_played < ending and song.last_played >= beginning
    group by song.song, artist.artist_address
    having sum(cell.plays) <> 0 or sum(cell.earnings) <> 0
    union all
    select change.artist_address, change.month, change.song_id,
      coalesce(song.title, analytics.booked_title(change.artist_address, change.song_id)), null, change.plays, change.earnings
    from analytics.statement_change change
    left join analytics.song using (song_id)
    where change.plays <> 0 or change.earnings <> 0
  ), closed as (
    insert into analytics.statement (
      artist_address, month, closed_at, generation, backfilled, plays, earnings, adjusted_plays, adjusted_earnings)
    select artist_address, ended, $2, $1, false,
      coalesce(sum(plays) filter (where month = ended), 0), coalesce(sum(earnings) filter (where month = ended), 0),
      coalesce(sum(plays) filter (where month < ended), 0), coalesce(sum(earnings) filter (where month < ended), 0)
    from line group by artist_address order by artist_address
    returning statement, artist_address
  )
  insert into analytics.statement_line (statement, song_id, month, song_title, strategy, plays, earnings)
  select closed.statement, line.song_id, line.month, line.title, line.strategy, line.plays, line.earnings
  from line join closed using (artist_address);
  delete from analytics.statement_change;
end
$_$;

COMMENT ON FUNCTION analytics.close_month(generation bigint, closed_at timestamp with time zone, ended date) IS 'Closes the statements of the open month, with what changed in the months before it.';

CREATE FUNCTION analytics.close_statements(known analytics.engine, until timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  current_month constant date := date_trunc('month', until at time zone 'UTC')::date;
  ended date;
begin
  if known.open_month >= current_month then
    return;
  elsif known.open_month is null then
    -- Until then a history may still be imported, which is better closed month by month than booked as adjustments.
    if not exists (
      select from analytics.song where artist is not null and first_played < current_month::timestamp at time zone 'UTC'
    ) then
      return;
    end if;
    perform analytics.backfill_statements(known.generation + 1, until, current_month);
  else
    -- The first one takes the adjustments; after it only months with plays can have statements.
    for ended in
      select known.open_month
      union select starts_on from analytics.active_listener where unit = 'month' and starts_on > known.open_month and starts_on < current_month
      order by 1
    loop
      perform analytics.close_month(known.generation + 1, until, ended);
    end loop;
  end if;
  update analytics.engine set open_month = current_month;
end
$$;

COMMENT ON FUNCTION analytics.close_statements(known analytics.engine, until timestamp with time zone) IS 'Closes the statements of the months that are over.';

CREATE FUNCTION analytics.close_work_tables() RETURNS void
    LANGUAGE plpgsql
    SET client_min_messages TO 'warning'
    AS $$
begin
  drop table if exists pg_temp.work_artist, pg_temp.work_song, pg_temp.work_play, pg_temp.work_song_extreme, pg_temp.work_listener_extreme,
    pg_temp.work_pair, pg_temp.work_move, pg_temp.work_artist_pair, pg_temp.work_genre_pair, pg_temp.work_turn, pg_temp.work_listener, pg_temp.work_genre, pg_temp.work_genre_count,
    pg_temp.work_timed, pg_temp.work_series, pg_temp.work_segment, pg_temp.work_cell;
end
$$;

COMMENT ON FUNCTION analytics.close_work_tables() IS 'Drops the work tables of this session, also those of former versions.';

CREATE FUNCTION analytics.compare_charts() RETURNS TABLE(view text, key text, published text, expected text)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with derived as (
    select entry.*, rank() over (partition by chart, number order by plays desc) as own_rank, lag(rank) over history as rank_before,
      lag(number) over history as number_before, min(rank) over history as best_rank, row_number() over history as editions,
      -- Equal in editions that follow each other.
      number - row_number() over history as run
    from analytics.chart_entry entry
    window history as (partition by chart, song_id order by number)
  ), expected as (
    select chart, number, song_id, own_rank as rank, case when number_before = number - 1 then rank_before end as previous_rank,
      rank_before as last_rank, best_rank as peak_rank, editions as editions_on_chart,
      row_number() over (partition by chart, song_id, run order by number) as streak,
      case
        when number_before is null then 'NEW'
        when number_before < number - 1 then 'RE_ENTRY'
        when rank < rank_before then 'UP'
        when rank > rank_before then 'DOWN'
        else 'SAME'
      end as status
    from derived
  ), published as (
    select chart, number, song_id, rank, previous_rank, last_rank, peak_rank, editions_on_chart, streak, status from analytics.chart_entry
  )
  select 'chart of ' || coalesce(genre, 'all songs'), format('%s in edition %s', expected.song_id, expected.number), published::text, expected::text
  from published join expected using (chart, number, song_id) join analytics.chart using (chart)
  where published::text is distinct from expected::text
  union all
  select 'chart of ' || coalesce(genre, 'all songs'), format('edition %s', number), null, 'a complete edition'
  from (
    select chart, number from analytics.chart_edition except select chart, number from analytics.chart_entry
    union all
    select chart, number from analytics.chart_entry except select chart, number from analytics.chart_edition
    union all
    select chart, max(number) from analytics.chart_edition group by chart having max(number) <> count(*)
  ) broken join analytics.chart using (chart)
$$;

COMMENT ON FUNCTION analytics.compare_charts() IS 'Entries of closed editions whose ranks and memory do not follow from their plays and from the editions before.';

CREATE FUNCTION analytics.compare_series(is_sample boolean) RETURNS TABLE(view text, key text, published text, expected text)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with of_song as (
    select song_id as key, quarter, sum(plays) as plays, sum(seconds) as seconds, sum(earnings) as earnings
    from (
      select song_id, analytics.quarter_of(played_at) as quarter, 1 as plays, duration as seconds, amount_paid as earnings
      from pg_temp.plays where not is_retired
      union all
      select retired.key, cell.*
      from analytics.retired_series retired
      cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
      where retired.kind = 'song'
    ) play
    where not is_sample or song_id in (select song_id from pg_temp.verify_song)
    group by song_id, quarter
  ), of_listener as (
    select listener_address as key, quarter, sum(plays) as plays, sum(seconds) as seconds, sum(earnings) as earnings
    from (
      select listener_address, analytics.quarter_of(played_at) as quarter, 1 as plays, duration as seconds, amount_paid as earnings
      from pg_temp.plays where not is_retired
      union all
      select retired.key, cell.*
      from analytics.retired_series retired
      cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
      where retired.kind = 'listener'
    ) play
    where not is_sample or listener_address in (select listener_address from pg_temp.verify_listener)
    group by listener_address, quarter
  ), expected as (
    select 'song' as kind, of_song.* from of_song
    union all
    select 'listener', of_listener.* from of_listener
    union all
    select 'artist', songs.artist_address, quarter, sum(plays), sum(seconds), sum(earnings)
    from of_song join pg_temp.songs on songs.song_id = of_song.key
    where not is_sample and songs.artist_address is not null group by songs.artist_address, quarter
    union all
    select 'genre', songs.genre, quarter, sum(plays), sum(seconds), sum(earnings)
    from of_song join pg_temp.songs on songs.song_id = of_song.key
    where not is_sample and songs.genre is not null group by songs.genre, quarter
    union all
    select 'platform', '', quarter, sum(plays), sum(seconds), sum(earnings) from of_song where not is_sample group by quarter
  ), subject as (
    select 'song'::analytics.series_kind as kind, 'song' as name, song as subject, song_id as key from analytics.song
    where not is_sample or song_id in (select song_id from pg_temp.verify_song)
    union all
    select 'listener', 'listener', listener, listener_address from analytics.listener
    where not is_sample or listener_address in (select listener_address from pg_temp.verify_listener)
    union all
    select 'artist', 'artist', artist, artist_address from analytics.artist where not is_sample
    union all
    select 'genre', 'genre', genre, name from analytics.genre where not is_sample
    union all
    select 'platform', 'platform', 0, '' where not is_sample
  ), published as (
    select subject.name as kind, subject.key, cell.quarter, sum(cell.plays) as plays, sum(cell.seconds) as seconds, sum(cell.earnings) as earnings
    from subject join analytics.every_series_cell() cell using (kind, subject)
    group by subject.name, subject.key, cell.quarter
    having sum(cell.plays) <> 0 or sum(cell.seconds) <> 0 or sum(cell.earnings) <> 0
  )
  select 'series of ' || kind, key, published::text, expected::text
  from published full join expected using (kind, key, quarter)
  where published.plays is distinct from expected.plays or published.seconds is distinct from expected.seconds
    or published.earnings is distinct from expected.earnings
$$;

COMMENT ON FUNCTION analytics.compare_series(is_sample boolean) IS 'Quarters of an hour in which a series differs from the plays that were counted.';

CREATE FUNCTION analytics.compare_statements(is_sample boolean) RETURNS TABLE(view text, key text, published text, expected text)
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select 'adjustments', concat_ws(' ', artist_address, song_id, month), noted::text, gap::text
  from analytics.statement_change noted full join analytics.list_statement_gaps() gap using (artist_address, song_id, month)
  where not is_sample
    and (coalesce(noted.plays, 0) <> coalesce(gap.plays, 0) or coalesce(noted.earnings, 0) <> coalesce(gap.earnings, 0))
  union all
  select 'statements', concat_ws(' ', statement.artist_address, statement.month), statement::text, summed::text
  from analytics.statement
  cross join lateral (
    select coalesce(sum(line.plays) filter (where line.month = statement.month), 0) as plays,
      coalesce(sum(line.earnings) filter (where line.month = statement.month), 0) as earnings,
      coalesce(sum(line.plays) filter (where line.month < statement.month), 0) as adjusted_plays,
      coalesce(sum(line.earnings) filter (where line.month < statement.month), 0) as adjusted_earnings
    from analytics.statement_line line where line.statement = statement.statement
  ) summed
  where not is_sample
    and (statement.plays, statement.earnings, statement.adjusted_plays, statement.adjusted_earnings)
      is distinct from (summed.plays, summed.earnings, summed.adjusted_plays, summed.adjusted_earnings)
$$;

COMMENT ON FUNCTION analytics.compare_statements(is_sample boolean) IS 'Where statements with their pending adjustments differ from the plays of closed months, and where their totals differ from their lines.';

CREATE FUNCTION analytics.compare_views(view_schema text, as_of timestamp with time zone, is_sample boolean) RETURNS TABLE(view text, key text, published text, expected text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_temp', 'pg_catalog'
    AS $_$
declare
  plain analytics.published_view;
  -- A view that waits for its schedule shows an earlier refresh; what it would show now can be compared.
  behind constant text[] := array(select view_freshness.view from analytics.view_freshness where is_behind);
  source text;
  published_as_of text;
  sample_of constant jsonb := '{"mv_song_analytics": "verify_song", "mv_listener_activity": "verify_listener"}';
begin
  for plain in select * from analytics.published_view order by published_view.view loop
    continue when is_sample and not sample_of ? plain.view;
    if plain.view = any (behind) then
      source := format('(%s) waiting', rtrim(pg_get_viewdef(format('%I.%I', view_schema, plain.view)::regclass), ';'));
      published_as_of := format('timestamptz %L', as_of);
    else
      source := format('%I.%I', view_schema, plain.view);
      published_as_of := format('(select as_of from analytics.view_freshness where view = %L)', plain.view);
    end if;
    return query execute format('
      with expected as materialized (select * from (%1$s) plain %4$s),
        published as materialized (select * from %2$s %4$s),
        surplus as (select * from published except all select * from expected),
        missing as (select * from expected except all select * from published)
      select %5$L, coalesce(surplus.%3$I, missing.%3$I)::text, surplus::text, missing::text
      from surplus full join missing using (%3$I)',
      replace(replace(plain.plain_definition, ':as_of', format('timestamptz %L', as_of)), ':published_as_of', published_as_of), source, plain.key,
      case when is_sample then format('where %1$I in (select %1$I from pg_temp.%2$I)', plain.key, sample_of ->> plain.view) else '' end,
      plain.view);
  end loop;
end
$_$;

COMMENT ON FUNCTION analytics.compare_views(view_schema text, as_of timestamp with time zone, is_sample boolean) IS 'Rows in which a view differs from its plain definition.';

CREATE FUNCTION analytics.complete_view(view_name text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  note analytics.view_note;
  index_name text;
  definition text;
  entitlement jsonb;
begin
  select * into note from analytics.view_note where view = view_name;
  if found then
    for index_name, definition in select * from jsonb_each_text(note.indexes) loop
      if not exists (select from pg_index join pg_class on oid = indexrelid where indrelid = view_name::regclass and relname = index_name) then
        execute definition;
      end if;
    end loop;
    if note.comment is not null then execute format('comment on materialized view %I is %L', view_name, note.comment); end if;
    for entitlement in select * from jsonb_array_elements(note.rights) loop
      continue when not (entitlement ->> 'isPublic')::boolean and not exists (select from pg_roles where rolname = entitlement ->> 'role');
      execute format('grant %s on %I to %s %s', entitlement ->> 'right', view_name,
        case when (entitlement ->> 'isPublic')::boolean then 'public' else quote_ident(entitlement ->> 'role') end,
        case when (entitlement ->> 'isGrantable')::boolean then 'with grant option' else '' end);
    end loop;
  end if;
  if exists (select from analytics.engine where seen is not null) and not (select relispopulated from pg_class where oid = view_name::regclass) then
    perform analytics.note_freshness(view_name);
    execute format('refresh materialized view %I', view_name);
    execute format('analyze %I', view_name);
  end if;
end
$$;

COMMENT ON FUNCTION analytics.complete_view(view_name text) IS 'Gives a view that was made again its rows, and what the last refresh noted about it.';

CREATE FUNCTION analytics.create_play_table(partition_name text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  execute format('create table %I (like plays including defaults including constraints including storage)', partition_name);
end
$$;

COMMENT ON FUNCTION analytics.create_play_table(partition_name text) IS 'Makes a table that can be attached to plays as a partition.';

CREATE FUNCTION analytics.current_capture() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select jsonb_object_agg(relid::oid::text, jsonb_build_object(
    'rows', (
      select md5(string_agg(concat_ws(' ', oid, xmin, tgenabled), ',' order by oid)) from pg_trigger
      where tgrelid = relid and tgname = any (analytics.list_row_triggers())
    ),
    'truncate', (select concat_ws(' ', oid, xmin) from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate' and tgenabled = 'A'),
    'file', pg_relation_filenode(relid)))
  from analytics.list_capture_tables() relid
$$;

COMMENT ON FUNCTION analytics.current_capture() IS 'What captures the changes of each table that holds plays.';

CREATE FUNCTION analytics.current_catalogue() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  with recursive held as (
    select relid::oid from (values ('artists'::regclass), ('songs'::regclass)) tables (relid)
    union
    select inhrelid from held join pg_inherits on inhparent = relid
  )
  select md5(string_agg(concat_ws(' ', attrelid, attnum, attname, pg_attribute.xmin, pg_attrdef.xmin), ',' order by attrelid, attnum))
  from held join pg_attribute on attrelid = relid
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attnum > 0 and not attisdropped
    and attname in ('artist_address', 'name', 'song_id', 'title', 'genre', 'strategy', 'created_at')
$$;

COMMENT ON FUNCTION analytics.current_catalogue() IS 'A digest of the tables and columns that artists and songs are read from.';

CREATE FUNCTION analytics.current_identity() RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  cluster text;
begin
  begin
    select system_identifier::text into cluster from pg_control_system();
  exception when insufficient_privilege then
    cluster := 'hidden';
  end;
  return concat_ws('/', cluster, (select oid from pg_database where datname = current_database()), 'analytics.engine'::regclass::oid, 'plays'::regclass::oid);
end
$$;

COMMENT ON FUNCTION analytics.current_identity() IS 'What the transaction ids that the engine remembers belong to.';

CREATE FUNCTION analytics.current_partitions() RETURNS oid[]
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select array(select relid::oid from pg_partition_tree('plays'::regclass) where isleaf order by relid)
$$;

COMMENT ON FUNCTION analytics.current_partitions() IS 'The tables that hold the plays.';

CREATE FUNCTION analytics.define_work_tables() RETURNS text
    LANGUAGE sql STABLE
    AS $_$
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
$_$;

COMMENT ON FUNCTION analytics.define_work_tables() IS 'The tables that a refresh reads into and works with.';

CREATE FUNCTION analytics.describe_refresh(outcome text, of_generation bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object('outcome', outcome, 'generation', generation, 'kind', kind, 'reason', reason, 'asOf', as_of,
    'durationMs', duration_ms, 'rowsChanged', rows_changed, 'phases', phases)
  from analytics.refresh_ledger where generation = of_generation
$$;

COMMENT ON FUNCTION analytics.describe_refresh(outcome text, of_generation bigint) IS 'What a refresh answers.';

CREATE FUNCTION analytics.draw_state() RETURNS bigint
    LANGUAGE sql
    AS $$
  select ('x' || right(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint
$$;

COMMENT ON FUNCTION analytics.draw_state() IS 'A random name for what the views show.';

CREATE FUNCTION analytics.enable_capture() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  part regclass;
  name text;
begin
  for part, name in
    select tgrelid, tgname from analytics.list_capture_tables() relid join pg_trigger on tgrelid = relid
    where (tgname = any (analytics.list_row_triggers()) or tgname = 'analytics_truncate') and tgenabled <> 'A'
  loop
    execute format('alter table only %s enable always trigger %I', part, name);
  end loop;
end
$$;

COMMENT ON FUNCTION analytics.enable_capture() IS 'Lets the triggers of the capture fire in every session.';

CREATE FUNCTION analytics.ensure_play_partition(month timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '1s'
    AS $$
declare
  beginning constant timestamptz := date_trunc('month', month);
  ending constant timestamptz := beginning + interval '1 month';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  parent constant regclass := 'plays'::regclass;
  holds_plays constant text := 'not made: the default partition holds plays of this month, and they are moved only when asked for (analytics.move_plays)';
  fallback regclass;
begin
  if (select relkind from pg_class where oid = parent) <> 'p' then return null; end if;
  -- One session at a time: two that have both read the default partition could not both attach to it.
  lock table only plays in share update exclusive mode;
  if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = parent and c.relname = partition_name) then
    return null;
  end if;
  if to_regclass(quote_ident(partition_name)) is not null then
    return 'not made: a table of this name is there and is no partition of plays';
  end if;
  select nullif(partdefid, 0)::regclass into fallback from pg_partitioned_table where partrelid = parent;
  -- Attaching reads the whole default partition while everybody waits.
  if (select reltuples from pg_class where oid = fallback) > 1000000 then
    return 'not made: the default partition holds more than a million plays (see analytics.move_plays)';
  end if;
  -- First while others write, so that a month that stays where it is costs nobody a wait.
  if analytics.holds_plays_between(fallback, beginning, ending) then return holds_plays; end if;

  lock table only plays in access exclusive mode;
  if analytics.holds_plays_between(fallback, beginning, ending) then return holds_plays; end if;
  perform analytics.create_play_table(partition_name);
  execute format('alter table plays attach partition %I for values from (%L) to (%L)', partition_name, beginning, ending);
  perform analytics.watch_truncate();
  return 'made';
exception
  when lock_not_available or deadlock_detected then
    return 'not made yet: the table was busy, plays of this month go to the default partition meanwhile';
  when check_violation then
    -- Only under a snapshot that is older than those plays.
    return 'not made yet: the default partition holds plays of this month that this transaction cannot see';
end
$$;

COMMENT ON FUNCTION analytics.ensure_play_partition(month timestamp with time zone) IS 'Makes the partition of the UTC month that holds an instant. Null when there is nothing to do.';

CREATE FUNCTION analytics.ensure_play_partitions(months_ahead integer DEFAULT 2, at timestamp with time zone DEFAULT now()) RETURNS TABLE(partition_name text, outcome text)
    LANGUAGE sql
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
  select made.partition_name, made.outcome
  from analytics.ensure_play_partitions_between(at, at + make_interval(months => months_ahead)) made
$$;

COMMENT ON FUNCTION analytics.ensure_play_partitions(months_ahead integer, at timestamp with time zone) IS 'Makes the partitions of this month and of the months ahead. To be called every hour or so.';

CREATE FUNCTION analytics.ensure_play_partitions_between(from_instant timestamp with time zone, to_instant timestamp with time zone) RETURNS TABLE(partition_name text, outcome text)
    LANGUAGE sql
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
  select 'plays_' || to_char(month, 'YYYY_MM'), made.outcome
  from generate_series(date_trunc('month', from_instant), to_instant, interval '1 month') month,
    lateral (
      select case
        when not analytics.is_partitioned_by_month() then null
        when exists (
          select from analytics.list_play_ranges() range
          where range.beginning < month + interval '1 month' and range.ending > month) then null
        else analytics.ensure_play_partition(month) end as outcome
    ) made
  where made.outcome is not null
$$;

COMMENT ON FUNCTION analytics.ensure_play_partitions_between(from_instant timestamp with time zone, to_instant timestamp with time zone) IS 'Makes the missing partitions of all months from one instant to another; says what became of each.';

CREATE FUNCTION analytics.every_series_cell() RETURNS TABLE(kind analytics.series_kind, subject integer, quarter integer, plays integer, seconds bigint, earnings numeric)
    LANGUAGE sql STABLE
    AS $$
  select recent.kind, recent.subject, recent.quarter, recent.plays, recent.seconds, recent.earnings from analytics.series_recent recent
  union all
  select segment.kind, segment.subject, cell.quarter, cell.plays, cell.seconds, cell.earnings
  from analytics.series_segment segment
  cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
$$;

COMMENT ON FUNCTION analytics.every_series_cell() IS 'All plays along time; those of one subject and quarter of an hour add up.';

CREATE FUNCTION analytics.for_windows(template text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select string_agg(format(template, name, hours), ', ' order by hours) from analytics.list_windows()
$$;

COMMENT ON FUNCTION analytics.for_windows(template text) IS 'SQL for each window, separated by commas: %1$I in the template is the name of its column, %2$s its length in hours.';

CREATE FUNCTION analytics.give_name_back(view_name text, renamed oid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if (select relnamespace from pg_class where oid = renamed) <> to_regnamespace(quote_ident(current_schema())) then
    execute format('alter materialized view %s set schema %I', renamed::regclass, current_schema());
  end if;
  if (select relname from pg_class where oid = renamed) <> view_name then
    execute format('alter materialized view %s rename to %I', renamed::regclass, view_name);
  end if;
end
$$;

COMMENT ON FUNCTION analytics.give_name_back(view_name text, renamed oid) IS 'Undoes the renaming of a view, or its move to another schema.';

CREATE FUNCTION analytics.hold_partitions() RETURNS oid[]
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if (select relkind from pg_class where oid = 'plays'::regclass) = 'p' then
    lock table plays in access share mode;
  end if;
  return analytics.current_partitions();
end
$$;

COMMENT ON FUNCTION analytics.hold_partitions() IS 'Waits until plays are not being moved, keeps it so until the end of the transaction, and says which tables hold them.';

CREATE FUNCTION analytics.holds_plays_between(holder regclass, beginning timestamp with time zone, ending timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  found_play boolean;
begin
  execute format('select exists (select from %s where played_at >= $1 and played_at < $2)', holder) into found_play using beginning, ending;
  return found_play;
end
$_$;

COMMENT ON FUNCTION analytics.holds_plays_between(holder regclass, beginning timestamp with time zone, ending timestamp with time zone) IS 'Whether a partition holds plays of a period.';

CREATE FUNCTION analytics.install_capture() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  -- Triggers that are in place are left alone: replacing them would make the next refresh rebuild everything.
  if exists (select from analytics.list_capture_gaps(of_rows => true)) or exists (select from analytics.list_capture_gaps(of_rows => false)) then
    perform analytics.capture_from((select writer_offset from analytics.engine));
  end if;
  perform analytics.protect_statements();
end
$$;

COMMENT ON FUNCTION analytics.install_capture() IS 'Gives plays the triggers that capture its changes, where they are missing, and protects what is closed. The last step of a migration.';

CREATE FUNCTION analytics.is_own_row(row_xmin xid) RETURNS boolean
    LANGUAGE sql
    AS $$
  select case
    -- A row of before the last wraparound has an id that is greater by more than this, and is old.
    when written_by < own or written_by > own + 2147483648 then false
    else coalesce(pg_xact_status(written_by::text::xid8) = 'in progress', false) end
  from (select txid_current() as own, (txid_current() >> 32 << 32) + row_xmin::text::bigint as written_by) ids
$$;

COMMENT ON FUNCTION analytics.is_own_row(row_xmin xid) IS 'Whether a row version was written by the current transaction.';

CREATE FUNCTION analytics.is_partitioned_by_month() RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
  select exists (
      select from pg_partitioned_table
      where partrelid = 'plays'::regclass and partstrat = 'r' and partnatts = 1
        and partattrs[0] = (select attnum from pg_attribute where attrelid = partrelid and attname = 'played_at'))
    and coalesce((
      select name = 'plays_' || to_char(beginning, 'YYYY_MM') and beginning = date_trunc('month', beginning)
        and ending = beginning + interval '1 month'
      from analytics.list_play_ranges() order by beginning desc limit 1), true)
$$;

COMMENT ON FUNCTION analytics.is_partitioned_by_month() IS 'Whether the gateway makes the partitions of plays: not where they follow a scheme of the user''s.';

CREATE FUNCTION analytics.knows_time_zone(zone text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
  perform timestamptz 'epoch' at time zone zone;
  return true;
exception when invalid_parameter_value then
  return false;
end
$$;

COMMENT ON FUNCTION analytics.knows_time_zone(zone text) IS 'Whether the server has the time zone of that name.';

CREATE FUNCTION analytics.list_active_buckets(quarter integer) RETURNS TABLE(unit text, starts_on date)
    LANGUAGE sql STABLE
    AS $$
  select unit, date_trunc(unit, to_timestamp(quarter * 900::bigint) at time zone 'UTC')::date
  from (values ('day'), ('week'), ('month')) units (unit)
$$;

COMMENT ON FUNCTION analytics.list_active_buckets(quarter integer) IS 'The day, week and month, in UTC, that hold a quarter of an hour.';

CREATE FUNCTION analytics.list_bounds(granularity text, zone text, beginning timestamp with time zone, ending timestamp with time zone) RETURNS timestamp with time zone[]
    LANGUAGE plpgsql STABLE
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  quarter constant interval := '15 minutes';
  origin constant timestamptz := '4713-01-01 00:00:00+00 BC';
  -- From the start of a quarter to its last instant.
  rest constant interval := quarter - interval '1 microsecond';
  step constant interval := ('1 ' || lower(granularity))::interval;
  starts timestamptz[];
begin
  if granularity = 'HOUR' then
    -- date_trunc to the hour keeps the offset, so that an hour that is repeated in autumn has two values.
    select array_agg(changed.start order by changed.start) into starts
    from (
      select start, lag(hour) over (order by start) as hour_before, hour
      from generate_series(date_bin(quarter, beginning, origin) - interval '2 hours', date_bin(quarter, ending, origin) + interval '2 hours', quarter) start
      cross join lateral (select date_trunc('hour', start + rest, zone) as hour) truncated
    ) changed
    where changed.hour <> changed.hour_before;
  else
    -- Distinct, because a day that a zone skipped begins and ends at the same instant.
    select array_agg(distinct bucket.start) into starts
    from generate_series(
      date_trunc(granularity, beginning at time zone zone) - step,
      date_trunc(granularity, ending at time zone zone) + 2 * step,
      step
    ) local
    cross join lateral (select local at time zone zone as instant) converted
    cross join lateral (
      select case
        when (instant - interval '1 microsecond') at time zone zone < local then date_bin(quarter, instant, origin)
        -- A midnight that the clock showed twice: the day begins with the first one.
        else (
          select max(before) + quarter from generate_series(date_bin(quarter, instant, origin) - interval '26 hours', instant, quarter) before
          where (before + rest) at time zone zone < local
        )
      end as start
    ) bucket;
  end if;
  return array(
    select start from unnest(starts) start
    where start >= (select max(first) from unnest(starts) first where first <= beginning)
      and start <= (select min(last) from unnest(starts) last where last > ending)
    order by start
  );
end
$$;

COMMENT ON FUNCTION analytics.list_bounds(granularity text, zone text, beginning timestamp with time zone, ending timestamp with time zone) IS 'The bounds of the buckets (HOUR, DAY, WEEK, MONTH, YEAR of a time zone) that hold the instants from the one to the other: ascending, one more than there are buckets.';

CREATE FUNCTION analytics.list_bypasses() RETURNS SETOF text
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET quote_all_identifiers TO 'off'
    AS $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine;
  return query select gap from analytics.list_capture_gaps(of_rows => true) gap;
  return query select gap from analytics.list_capture_gaps(of_rows => false) gap;
  if known.seen is not null and not known.partitions <@ analytics.current_partitions() then
    return next 'a partition of plays was detached or dropped since the last refresh; the next refresh rebuilds';
  end if;
  if known.seen is not null and coalesce(analytics.reason_to_rebuild(known), analytics.reason_in_capture(known)) is not null then
    return next coalesce(analytics.reason_to_rebuild(known), analytics.reason_in_capture(known)) || '; the next refresh rebuilds';
  end if;
  if current_setting('session_replication_role') <> 'origin' then
    return next format('this session runs in the replication role %s', current_setting('session_replication_role'));
  end if;
end
$$;

COMMENT ON FUNCTION analytics.list_bypasses() IS 'Everything that would let changes of plays slip past the capture.';

CREATE FUNCTION analytics.list_capture_gaps(of_rows boolean) RETURNS SETOF text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET quote_all_identifiers TO 'off'
    AS $$
declare
  wanted constant name[] := case when of_rows then analytics.list_row_triggers() else array['analytics_truncate'::name] end;
begin
  return query
    select format('the trigger %s is missing on %s', missing, 'plays'::regclass) from unnest(wanted) missing
    where not exists (select from pg_trigger where tgrelid = 'plays'::regclass and tgname = missing);
  return query
    select format('the trigger %s of %s %s', tgname, relid,
      case tgenabled when 'D' then 'is disabled' else 'does not fire for sessions in the replica role' end)
    from analytics.list_capture_tables() relid join pg_trigger on tgrelid = relid
    where tgname = any (wanted) and tgenabled <> 'A';
  if of_rows then return; end if;
  return query
    select format('the partition %s does not notice TRUNCATE', relid) from analytics.list_capture_tables() relid
    where relid <> 'plays'::regclass
      and not exists (select from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate');
end
$$;

COMMENT ON FUNCTION analytics.list_capture_gaps(of_rows boolean) IS 'Triggers through whose absence changes of plays, or TRUNCATE, slip past the engine now.';

CREATE FUNCTION analytics.list_capture_tables() RETURNS SETOF regclass
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select 'plays'::regclass union select relid from pg_partition_tree('plays'::regclass)
$$;

COMMENT ON FUNCTION analytics.list_capture_tables() IS 'Plays and all of its partitions.';

CREATE FUNCTION analytics.list_changed_views(known analytics.engine, until timestamp with time zone) RETURNS text[]
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  has_artists constant boolean := exists (select from pg_temp.work_artist);
  has_songs constant boolean := exists (select from pg_temp.work_song);
  has_moves constant boolean := exists (select from pg_temp.work_move);
  moved text[];
begin
  if exists (select from pg_temp.work_timed) then return analytics.list_views(); end if;
  execute format('select array_remove(array[%s], null) from pg_temp.work_play',
    analytics.for_windows('case when bool_or(%1$I <> 0) then %1$L end')) into moved;
  -- Songs are new for 7 and for 30 days.
  if exists (
    select from (values (interval '168 hours'), (interval '720 hours')) period (length)
    join analytics.song on created_at >= least(known.as_of, until) - length and created_at < greatest(known.as_of, until) - length
  ) then
    moved := moved || array['created_at'];
  end if;
  return array(
    select view from unnest(analytics.list_views()) view
    where exists (
      select from pg_rewrite
      join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid and refclassid = 'pg_class'::regclass
      left join pg_attribute on attrelid = refobjid and attnum = refobjsubid
      where ev_class = to_regclass(view) and case refobjid
        when 'analytics.artist'::regclass then has_artists or has_songs
        when 'analytics.genre'::regclass then has_songs
        when 'analytics.song'::regclass then has_songs or attname = any (moved)
        when 'analytics.listener'::regclass then has_moves or attname = any (moved)
      end
    ));
end
$_$;

COMMENT ON FUNCTION analytics.list_changed_views(known analytics.engine, until timestamp with time zone) IS 'The views in which this refresh can have changed something.';

CREATE FUNCTION analytics.list_missing_views() RETURNS TABLE(view text, renamed oid, fault text, advice text)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET quote_all_identifiers TO 'off'
    AS $$
begin
  return query
    select wanted.name, renamed.id, case
      when other.relkind is not null then format('the name %s is taken by something that is no materialized view', wanted.name)
      when renamed.id is not null then format('the materialized view %s was renamed to %s', wanted.name, renamed.id::regclass)
      else format('the materialized view %s is missing', wanted.name) end,
      case when other.relkind is not null then 'Rename it or drop it, then `mycelix-analytics migrate` puts the view back.'
        else '`mycelix-analytics migrate` puts it back.' end
    from unnest(analytics.list_views()) wanted (name)
    left join pg_class other on other.oid = to_regclass(wanted.name)
    left join lateral (
      select holder.oid as id from pg_class key join pg_index on indexrelid = key.oid join pg_class holder on holder.oid = indrelid
      where key.relname = wanted.name || '_key' and holder.relkind = 'm' and exists (
        select from pg_rewrite join pg_depend on classid = 'pg_rewrite'::regclass and objid = pg_rewrite.oid join pg_class read on read.oid = refobjid
        where ev_class = holder.oid and read.relnamespace = 'analytics'::regnamespace)
      limit 1
    ) renamed on true
    where other.relkind is distinct from 'm';
end
$$;

COMMENT ON FUNCTION analytics.list_missing_views() IS 'Views that were dropped or renamed, and where a renamed one is.';

CREATE FUNCTION analytics.list_play_ranges() RETURNS TABLE(name text, beginning timestamp with time zone, ending timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET "DateStyle" TO 'ISO'
    AS $$
  select relname::text,
    case when bound like '%FROM (MINVALUE)%' then '-infinity' else substring(bound from 'FROM \(''([^'']+)''')::timestamptz end,
    case when bound like '%TO (MAXVALUE)%' then 'infinity' else substring(bound from 'TO \(''([^'']+)''')::timestamptz end
  from pg_partitioned_table
  join pg_inherits on inhparent = partrelid
  join pg_class on pg_class.oid = inhrelid
  cross join lateral (select pg_get_expr(relpartbound, pg_class.oid) as bound) shown
  where partrelid = 'plays'::regclass and partstrat = 'r' and partnatts = 1 and bound <> 'DEFAULT'
    and partattrs[0] = (select attnum from pg_attribute where attrelid = partrelid and attname = 'played_at')
$$;

COMMENT ON FUNCTION analytics.list_play_ranges() IS 'The partitions of plays by time, without the default one; none where it is partitioned otherwise.';

CREATE FUNCTION analytics.list_row_triggers() RETURNS name[]
    LANGUAGE sql IMMUTABLE
    AS $$
  select array['analytics_stamp_insert', 'analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete', 'analytics_queue_unstamped']::name[]
$$;

COMMENT ON FUNCTION analytics.list_row_triggers() IS 'The triggers of plays that capture changes of rows. See capture_from.';

CREATE FUNCTION analytics.list_series_cells(kind analytics.series_kind, subject integer, beginning integer, ending integer) RETURNS TABLE(quarter integer, plays integer, seconds bigint, earnings numeric)
    LANGUAGE sql STABLE
    AS $_$
  select recent.quarter, recent.plays, recent.seconds, recent.earnings
  from analytics.series_recent recent
  where recent.kind = $1 and recent.subject = $2 and recent.quarter >= $3 and ($4 is null or recent.quarter < $4)
  union all
  select cell.quarter, cell.plays, cell.seconds, cell.earnings
  from analytics.series_segment segment
  cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
  where segment.kind = $1 and segment.subject = $2 and ($4 is null or segment.since < $4)
    and segment.since >= coalesce((
      select max(earlier.since) from analytics.series_segment earlier
      where earlier.kind = $1 and earlier.subject = $2 and earlier.since <= $3), $3)
    and cell.quarter >= $3 and ($4 is null or cell.quarter < $4)
$_$;

COMMENT ON FUNCTION analytics.list_series_cells(kind analytics.series_kind, subject integer, beginning integer, ending integer) IS 'The plays of one subject along time, between two quarters of an hour.';

CREATE FUNCTION analytics.list_song_months(before date) RETURNS TABLE(song integer, month date, plays bigint, earnings numeric)
    LANGUAGE plpgsql STABLE ROWS 1e+06
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  ending constant int := analytics.quarter_of(before::timestamp at time zone 'UTC');
  months constant date[] := array(
    select start::date
    from generate_series(
      (select date_trunc('month', least(greatest(min(first_played), '0001-01-01 00:00+00'), before) at time zone 'UTC') from analytics.song),
      before - interval '1 month', interval '1 month') start
    order by start);
  beginnings constant int[] := array(
    select analytics.quarter_of(month::timestamp at time zone 'UTC') from unnest(months) month order by month);
begin
  return query
  select counted.song, months[counted.place], counted.plays, counted.earnings
  from (
    select cell.subject as song, greatest(width_bucket(cell.quarter, beginnings), 1) as place, sum(cell.plays) as plays, sum(cell.earnings) as earnings
    from analytics.every_series_cell() cell
    where cell.kind = 'song' and cell.quarter < ending
    group by 1, 2
    having sum(cell.plays) <> 0 or sum(cell.earnings) <> 0
  ) counted;
end
$$;

COMMENT ON FUNCTION analytics.list_song_months(before date) IS 'Plays and FLOW of each song in each month, in UTC, before one.';

CREATE FUNCTION analytics.list_statement_gaps() RETURNS TABLE(artist_address text, song_id text, month date, plays bigint, earnings numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select artist_address, song_id, month, coalesce(counted.plays, 0) - coalesce(booked.plays, 0), coalesce(counted.earnings, 0) - coalesce(booked.earnings, 0)
  from (
    select artist.artist_address, song.song_id, past.month, past.plays, past.earnings
    from analytics.engine
    cross join lateral analytics.list_song_months(engine.open_month) past
    join analytics.song using (song)
    join analytics.artist using (artist)
    where engine.open_month is not null
  ) counted
  full join (
    select statement.artist_address, line.song_id, line.month, sum(line.plays)::bigint as plays, sum(line.earnings) as earnings
    from analytics.statement join analytics.statement_line line using (statement)
    group by statement.artist_address, line.song_id, line.month
  ) booked using (artist_address, song_id, month)
  where coalesce(counted.plays, 0) <> coalesce(booked.plays, 0) or coalesce(counted.earnings, 0) <> coalesce(booked.earnings, 0)
$$;

COMMENT ON FUNCTION analytics.list_statement_gaps() IS 'By how much the plays of closed months differ from what was booked for them.';

CREATE FUNCTION analytics.list_statement_lines(artist_address text, of_month date) RETURNS TABLE(song_id text, month date, song_title text, strategy text, plays bigint, earnings numeric)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
  beginning constant int := analytics.quarter_of(of_month::timestamp at time zone 'UTC');
begin
  if of_month is distinct from analytics.open_month() then
    return query
    select line.song_id, line.month, line.song_title, line.strategy, line.plays, line.earnings
    from analytics.statement
    join analytics.statement_line line using (statement)
    where statement.artist_address = $1 and statement.month = of_month;
    return;
  end if;
  return query
  select song.song_id, of_month, song.title, song.strategy, sum(cell.plays)::bigint, sum(cell.earnings)
  from analytics.artist
  join analytics.song using (artist)
  cross join lateral analytics.list_series_cells('song', song.song, beginning, null) cell
  where artist.artist_address = $1
  group by song.song
  having sum(cell.plays) <> 0 or sum(cell.earnings) <> 0
  union all
  select change.song_id, change.month, coalesce(song.title, analytics.booked_title($1, change.song_id)), null, change.plays, change.earnings
  from analytics.statement_change change
  left join analytics.song using (song_id)
  where change.artist_address = $1 and (change.plays <> 0 or change.earnings <> 0);
end
$_$;

COMMENT ON FUNCTION analytics.list_statement_lines(artist_address text, of_month date) IS 'The lines of one statement of an artist: its songs, and adjustments, whose month is an earlier one.';

CREATE FUNCTION analytics.list_views() RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
  select array(select view from analytics.published_view order by view)
$$;

COMMENT ON FUNCTION analytics.list_views() IS 'The names of the views that a refresh publishes, in the order in which it does.';

CREATE FUNCTION analytics.list_windows() RETURNS TABLE(name text, hours integer)
    LANGUAGE sql IMMUTABLE
    AS $$
  values ('plays_1d', 24), ('plays_7d', 168), ('plays_30d', 720)
$$;

COMMENT ON FUNCTION analytics.list_windows() IS 'The windows that songs are counted in: the column of each and its length in hours.';

CREATE FUNCTION analytics.mend_capture(writer_offset bigint) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET lock_timeout TO '300ms'
    AS $$
begin
  -- Writers wait for these two, readers do not.
  if exists (select from analytics.list_capture_gaps(of_rows => false)) then
    perform analytics.watch_truncate();
    -- Since the plays were read their tables are held against TRUNCATE, so that the triggers count from then on.
    update analytics.engine set capture = (
      select jsonb_object_agg(relid, before.what || jsonb_build_object('truncate', now.what -> 'truncate'))
      from jsonb_each(capture) before (relid, what) left join jsonb_each(analytics.current_capture()) now (relid, what) using (relid));
  end if;
  if exists (select from analytics.list_capture_gaps(of_rows => true)) then perform analytics.enable_capture(); end if;
  if exists (select from analytics.list_capture_gaps(of_rows => true)) then perform analytics.capture_from(writer_offset); end if;
exception when lock_not_available or insufficient_privilege then
  raise warning 'the triggers that capture changes of plays could not be put back: %', sqlerrm
    using hint = format('As the owner of plays: select analytics.capture_from(%s)', writer_offset);
end
$$;

COMMENT ON FUNCTION analytics.mend_capture(writer_offset bigint) IS 'Puts triggers of the capture back, unless the table is busy.';

CREATE FUNCTION analytics.milliseconds_since(started timestamp with time zone) RETURNS double precision
    LANGUAGE sql
    AS $$
  select round((extract(epoch from clock_timestamp() - started) * 1000)::numeric, 3)::double precision
$$;

COMMENT ON FUNCTION analytics.milliseconds_since(started timestamp with time zone) IS 'For the durations in the ledger.';

CREATE FUNCTION analytics.month_of(quarter integer) RETURNS date
    LANGUAGE sql IMMUTABLE
    AS $$
  select date_trunc('month', to_timestamp(greatest(least(quarter, 281558111), -69039552) * 900::bigint) at time zone 'UTC')::date
$$;

COMMENT ON FUNCTION analytics.month_of(quarter integer) IS 'The month, in UTC, that holds a quarter of an hour.';

CREATE FUNCTION analytics.move_plays(month date) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    SET lock_timeout TO '5s'
    AS $_$
declare
  beginning constant timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ending constant timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  parent constant regclass := 'plays'::regclass;
  fallback regclass;
  obstacle text;
  columns text;
  moved bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'moving plays needs the isolation level read committed, not %', current_setting('transaction_isolation')
      using errcode = 'active_sql_transaction', hint = 'An older snapshot would not see the last plays of the month.';
  end if;
  select nullif(partdefid, 0)::regclass into fallback from pg_partitioned_table where partrelid = parent;
  if fallback is null then
    raise exception 'plays has no default partition to move plays out of' using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- Deleting from the one place and inserting into the other is a move for the engine, but not for these.
  select string_agg(name, ', ') into obstacle from (
    select format('the trigger %I', tgname) as name from pg_trigger
    where tgrelid = fallback and not tgisinternal and tgtype::int & 8 > 0 and tgname not like 'analytics\_%'
    union all
    select format('the foreign key %I of %s', conname, conrelid::regclass) from pg_constraint
    where confrelid = parent and contype = 'f' and conparentid = 0
  ) found;
  if obstacle is not null then
    raise exception 'plays cannot be moved while % would take them for deleted', obstacle
      using errcode = 'object_not_in_prerequisite_state', hint = 'Every number is right without moving them; only such a month cannot be retired.';
  end if;

  -- In the order of a refresh. A refresh whose snapshot is older fails, because this row has changed since.
  perform from analytics.engine for update;
  begin
    execute format('lock table only %s in access exclusive mode', parent);
  exception when lock_not_available then
    raise exception 'plays was in use for more than %; nothing was moved', current_setting('lock_timeout')
      using errcode = 'lock_not_available', hint = 'Try again at a quieter moment, or end the transactions that use plays.';
  end;
  if to_regclass(quote_ident(partition_name)) is not null then
    raise exception 'there is a table % already', partition_name
      using errcode = 'duplicate_table', hint = 'Expected a month whose plays are in the default partition.';
  end if;
  perform analytics.create_play_table(partition_name);
  -- Without the writer: the moved rows count as written by this transaction, and as deleted by it where they were.
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
  where attrelid = parent and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'analytics_writer';
  execute format('with leaving as (delete from %s where played_at >= $1 and played_at < $2 returning %s)
    insert into %I (%s) select %s from leaving', fallback, columns, partition_name, columns, columns) using beginning, ending;
  get diagnostics moved = row_count;
  execute format('alter table plays attach partition %I for values from (%L) to (%L)', partition_name, beginning, ending);
  perform analytics.watch_truncate();
  update analytics.engine set partitions = array(select unnest(partitions || to_regclass(quote_ident(partition_name))::oid) order by 1);
  return jsonb_build_object('month', to_char(beginning, 'YYYY-MM'), 'partition', partition_name, 'plays', moved);
end
$_$;

COMMENT ON FUNCTION analytics.move_plays(month date) IS 'Moves the plays of a month out of the default partition into one of their own. Everybody who uses plays waits meanwhile; call it in a transaction of its own.';

CREATE FUNCTION analytics.next_chart_week(beginning timestamp with time zone, ending timestamp with time zone, beyond bigint, in_flight bigint[]) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  week timestamptz;
begin
  loop
    select analytics.chart_week(least(
      (select min(played_at) from plays where played_at >= beginning and played_at < ending
        and (analytics_writer is null or (analytics_writer < beyond and analytics_writer <> all (in_flight)))),
      (select min(played_at) from analytics.play_queue where played_at >= beginning and played_at < ending
        and (writer is null or (writer < beyond and writer <> all (in_flight))))
    )) into week;
    if week is null or not analytics.overlaps_retired_month(week) then return week; end if;
    beginning := week + interval '7 days';
  end loop;
end
$$;

COMMENT ON FUNCTION analytics.next_chart_week(beginning timestamp with time zone, ending timestamp with time zone, beyond bigint, in_flight bigint[]) IS 'The first week between two instants in which something was played, as a refresh read the plays; null when there is none.';

CREATE FUNCTION analytics.note_freshness(view_name text) RETURNS void
    LANGUAGE sql
    AS $$
  insert into analytics.view_freshness (view, generation, as_of) select view_name, generation, as_of from analytics.engine
  on conflict (view) do update set generation = excluded.generation, as_of = excluded.as_of, is_behind = false
$$;

COMMENT ON FUNCTION analytics.note_freshness(view_name text) IS 'Notes that a view is published at the instant of the state.';

CREATE FUNCTION analytics.note_statement_changes() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  open_from constant int := (select analytics.quarter_of(open_month::timestamp at time zone 'UTC') from analytics.engine where open_month is not null);
begin
  if open_from is null then
    return;
  end if;
  insert into analytics.statement_change as known (artist_address, song_id, month, plays, earnings)
  select artist.artist_address, changed.song_id, analytics.month_of(changed.quarter) as month, sum(changed.plays), sum(changed.earnings)
  from (
    select song.artist, song.song_id, work.quarter, work.plays, work.earnings
    from pg_temp.work_timed work join analytics.song using (song_id)
    where work.quarter < open_from
    union all
    select moved.artist, song.song_id, cell.quarter, moved.sign * cell.plays, moved.sign * cell.earnings
    from pg_temp.work_move move join analytics.song using (song)
    cross join lateral analytics.list_series_cells('song', move.song, -2147483648, open_from) cell
    cross join lateral (values (move.old_artist, -1), (move.new_artist, 1)) moved (artist, sign)
    where move.old_artist is distinct from move.new_artist
  ) changed
  join analytics.artist using (artist)
  group by artist.artist_address, changed.song_id, month
  having sum(changed.plays) <> 0 or sum(changed.earnings) <> 0
  on conflict on constraint statement_change_pkey do update set
    plays = known.plays + excluded.plays, earnings = known.earnings + excluded.earnings;
end
$$;

COMMENT ON FUNCTION analytics.note_statement_changes() IS 'Notes what was read of closed months for the adjustments of the next statements.';

CREATE FUNCTION analytics.note_view(view_name text, view_id oid) RETURNS void
    LANGUAGE sql
    AS $$
  insert into analytics.view_note as known (view, comment, rights, indexes)
  select view_name, obj_description(view_id, 'pg_class'),
    coalesce((
      select jsonb_agg(jsonb_build_object('role', coalesce(role.rolname, 'public'), 'isPublic', acl.grantee = 0, 'right', acl.privilege_type,
        'isGrantable', acl.is_grantable) order by role.rolname, acl.privilege_type)
      from pg_class, aclexplode(relacl) acl left join pg_roles role on role.oid = acl.grantee
      where pg_class.oid = view_id and acl.grantee <> relowner and (acl.grantee = 0 or role.oid is not null)), '[]'),
    coalesce((
      select jsonb_object_agg(name.relname, pg_get_indexdef(indexrelid)) from pg_index join pg_class name on name.oid = indexrelid
      where indrelid = view_id and indisvalid), '{}')
  on conflict on constraint view_note_pkey do update set comment = excluded.comment, rights = excluded.rights, indexes = excluded.indexes
  where (known.comment, known.rights, known.indexes) is distinct from (excluded.comment, excluded.rights, excluded.indexes)
$$;

COMMENT ON FUNCTION analytics.note_view(view_name text, view_id oid) IS 'Notes what a view that is dropped would lose.';

CREATE FUNCTION analytics.notice_unstamped_play() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into analytics.rebuild_request (reason)
  select format('a trigger that runs after analytics_stamp changed rows of %s', tg_relid::regclass)
  where new.analytics_writer is distinct from txid_current() + (select writer_offset from analytics.engine)
    and not exists (select from analytics.rebuild_request where queued_by = txid_current());
  return null;
end
$$;

COMMENT ON FUNCTION analytics.notice_unstamped_play() IS 'Asks for a rebuild when an update changed a play without marking it.';

CREATE FUNCTION analytics.oldest_unread(known analytics.engine, snapshot pg_snapshot DEFAULT pg_current_snapshot()) RETURNS integer
    LANGUAGE sql STABLE
    AS $$
  select case
    when known.catalogue is null
      or pg_snapshot_xmax(snapshot)::text::bigint - pg_snapshot_xmin(known.seen)::text::bigint > 1000000000
    then 2147483647
    else age(pg_snapshot_xmin(known.seen)::xid)
  end
$$;

COMMENT ON FUNCTION analytics.oldest_unread(known analytics.engine, snapshot pg_snapshot) IS 'The age of the oldest transaction whose rows the last refresh may not have seen.';

CREATE FUNCTION analytics.open_month() RETURNS date
    LANGUAGE sql STABLE
    AS $$
  select coalesce(open_month, date_trunc('month', as_of at time zone 'UTC')::date) from analytics.engine
$$;

COMMENT ON FUNCTION analytics.open_month() IS 'The first month that is not closed.';

CREATE FUNCTION analytics.open_work_tables() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  definition constant text := analytics.define_work_tables();
  names constant text[] := array(select each[1] from regexp_matches(definition, '^create temporary table (work_[a-z_]+)', 'gn') each);
  is_current boolean;
  filled text;
  stranger text;
begin
  -- A table of another role may have triggers of that role.
  select count(*) = cardinality(names) and bool_and(relowner = current_user::regrole)
      and max(obj_description(oid, 'pg_class')) is not distinct from md5(definition),
    string_agg('pg_temp.' || relname, ', ') filter (where pg_relation_size(oid) > 0),
    max(relowner::regrole::text) filter (where not pg_has_role(relowner, 'usage'))
  into is_current, filled, stranger
  from pg_class where relnamespace = pg_my_temp_schema() and relname = any (names);
  if stranger is not null then
    raise exception 'the work tables of this session belong to %, who refreshed before', stranger
      using errcode = 'insufficient_privilege', hint = 'Refresh in another session, or execute DISCARD TEMP first.';
  end if;
  if not is_current then
    perform analytics.close_work_tables();
    execute definition;
    execute format('comment on table pg_temp.%I is %L', names[1], md5(definition));
  elsif filled is not null then
    execute 'truncate ' || filled;
  end if;
end
$$;

COMMENT ON FUNCTION analytics.open_work_tables() IS 'Gives a refresh its work tables, empty.';

CREATE FUNCTION analytics.overlaps_retired_month(week timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select exists (
    select from analytics.retired_month
    where month::timestamp at time zone 'UTC' < week + interval '7 days' and (month + interval '1 month') at time zone 'UTC' > week
  )
$$;

COMMENT ON FUNCTION analytics.overlaps_retired_month(week timestamp with time zone) IS 'Whether plays of a week of charts were retired.';

CREATE FUNCTION analytics.pack_series() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  generation constant bigint := (select engine.generation from analytics.engine);
  has_few constant boolean := (select count(*) < 50 from pg_temp.work_series);
  turn constant bigint := case when has_few then generation / 8 else generation end % 8;
begin
  if has_few and generation % 8 <> 0 or not exists (select from pg_temp.work_series where subject % 8 = turn) then
    return;
  end if;
  with touched as (
    select kind, subject, (
      select max(segment.since) from analytics.series_segment segment
      where segment.kind = work.kind and segment.subject = work.subject) as last
    from pg_temp.work_series work where subject % 8 = turn group by kind, subject
  ), recent as (
    delete from analytics.series_recent recent using touched
    where recent.kind = touched.kind and recent.subject = touched.subject
    returning recent.*, touched.last
  )
  insert into pg_temp.work_segment
  select kind, subject, since, count(*)::int as cells, array_agg(quarter) as quarters, array_agg(plays) as plays,
    array_agg(seconds) as seconds, array_agg(earnings) as earnings
  from (
    select recent.*, case
      -- Most plays come last.
      when recent.quarter >= recent.last then recent.last
      else (
        select segment.since from analytics.series_segment segment
        where segment.kind = recent.kind and segment.subject = recent.subject and segment.since <= recent.quarter
        order by segment.since desc limit 1)
    end as since
    from recent
  ) placed
  group by kind, subject, since;

  with appended as (
    update analytics.series_segment segment set
      quarters = segment.quarters || work.quarters, plays = segment.plays || work.plays,
      seconds = segment.seconds || work.seconds, earnings = segment.earnings || work.earnings
    from pg_temp.work_segment work
    where segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since
      and cardinality(segment.quarters) + work.cells <= 32
    returning segment.kind, segment.subject, segment.since
  )
  delete from pg_temp.work_segment work using appended
  where work.kind = appended.kind and work.subject = appended.subject and work.since = appended.since;

  -- Rows that would grow too long are made anew: cells of the same quarter become one, and those that came to nothing go.
  insert into pg_temp.work_cell
  select kind, subject, since, quarter, sum(plays)::int as plays, sum(seconds)::bigint as seconds, sum(earnings) as earnings,
    not exists (
      select from analytics.series_segment later
      where later.kind = cell.kind and later.subject = cell.subject and later.since > coalesce(cell.since, -2147483648)
    ) as is_last
  from (
    select work.kind, work.subject, work.since, cell.*
    from pg_temp.work_segment work
    cross join lateral unnest(work.quarters, work.plays, work.seconds, work.earnings) cell (quarter, plays, seconds, earnings)
    union all
    select work.kind, work.subject, work.since, cell.*
    from pg_temp.work_segment work
    join analytics.series_segment segment on segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since
    cross join lateral unnest(segment.quarters, segment.plays, segment.seconds, segment.earnings) cell (quarter, plays, seconds, earnings)
  ) cell
  group by kind, subject, since, quarter
  having sum(plays) <> 0 or sum(seconds) <> 0 or sum(earnings) <> 0;

  delete from analytics.series_segment segment using pg_temp.work_segment work
  where segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since;
  perform analytics.store_segments();
end
$$;

COMMENT ON FUNCTION analytics.pack_series() IS 'Moves recent rows of some subjects that changed into arrays.';

CREATE FUNCTION analytics.postpone_charts() RETURNS void
    LANGUAGE sql
    AS $$
  select pg_advisory_xact_lock_shared(hashtextextended('analytics.close_charts', 0))
$$;

COMMENT ON FUNCTION analytics.postpone_charts() IS 'Keeps refreshes from closing charts until the end of the transaction, because plays of past weeks are still arriving.';

CREATE FUNCTION analytics.protect_statements() RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  final text;
begin
  foreach final in array array['statement', 'statement_line'] loop
    execute format('create or replace trigger statement_is_final before update or delete or truncate on analytics.%I
      for each statement execute function analytics.refuse_statement_change()', final);
    execute format('alter table analytics.%I enable always trigger statement_is_final', final);
  end loop;
end
$$;

COMMENT ON FUNCTION analytics.protect_statements() IS 'Installs the triggers that keep closed statements as they are.';

CREATE FUNCTION analytics.publish(changed_views text[], postponed text[], before analytics.engine, OUT rows_changed jsonb, OUT phases jsonb) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  view_name text;
  view_id oid;
  known analytics.view_freshness;
  is_filled boolean;
  started timestamptz;
  inserted bigint;
  deleted bigint;
  changed bigint;
  missing record;
begin
  rows_changed := '{}';
  phases := '{}';
  for missing in select * from analytics.list_missing_views() loop
    raise warning '%; the other views are published', missing.fault using hint = missing.advice;
    -- When it is back, it has missed refreshes.
    delete from analytics.view_freshness where view_freshness.view = missing.view;
  end loop;
  foreach view_name in array analytics.list_views() loop
    started := clock_timestamp();
    select oid, relispopulated into view_id, is_filled from pg_class where oid = to_regclass(view_name) and relkind = 'm';
    continue when not found;
    perform analytics.note_view(view_name, view_id);
    select * into known from analytics.view_freshness where view = view_name;
    if is_filled and known.view is not null then
      if not known.is_behind and view_name <> all (changed_views) then
        rows_changed := rows_changed || jsonb_build_object(view_name, 0);
        continue;
      elsif view_name = any (postponed) then
        -- Until now it was true at the instant of the refresh before, whichever published it.
        update analytics.view_freshness set is_behind = true, generation = before.generation, as_of = before.as_of
        where view = view_name and not is_behind;
        rows_changed := rows_changed || jsonb_build_object(view_name, 0);
        continue;
      end if;
    end if;
    perform analytics.note_freshness(view_name);
    if analytics.can_publish_concurrently(view_id) then
      -- A changed row is a deleted and an inserted one. The counters of the transaction know both without a look at the view.
      inserted := pg_stat_get_xact_tuples_inserted(view_id);
      deleted := pg_stat_get_xact_tuples_deleted(view_id);
      execute format('refresh materialized view concurrently %I', view_name);
      changed := case when current_setting('track_counts')::boolean then
        greatest(pg_stat_get_xact_tuples_inserted(view_id) - inserted, pg_stat_get_xact_tuples_deleted(view_id) - deleted) end;
    else
      if is_filled then
        raise warning 'the materialized view % has no unique index, so its readers wait while it is published', view_name
          using hint = '`mycelix-analytics migrate` puts it back.';
      end if;
      execute format('refresh materialized view %I', view_name);
      execute format('analyze %I', view_name);
      execute format('select count(*) from %I', view_name) into changed;
    end if;
    rows_changed := rows_changed || jsonb_build_object(view_name, changed);
    phases := phases || jsonb_build_object(view_name, analytics.milliseconds_since(started));
  end loop;
end
$$;

COMMENT ON FUNCTION analytics.publish(changed_views text[], postponed text[], before analytics.engine, OUT rows_changed jsonb, OUT phases jsonb) IS 'Publishes the state through the views that changed and those that need it, except the postponed ones; says how many rows of each are new or different, null where the server does not count.';

CREATE FUNCTION analytics.quarter_of(at timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE
    AS $$
  select greatest(least(date_part('epoch', date_bin('15 minutes', at, '2000-01-01 00:00+00')) / 900, 2147483647), -2147483648)::int
$$;

COMMENT ON FUNCTION analytics.quarter_of(at timestamp with time zone) IS 'The quarter of an hour that holds an instant, counted from 1970. Bounded: adopted plays may be stamped infinity.';

CREATE FUNCTION analytics.queue_play() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into analytics.play_queue (song_id, listener_address, played_at, duration, amount_paid, writer)
  values (old.song_id, old.listener_address, old.played_at, old.duration, old.amount_paid, old.analytics_writer);
  return null;
end
$$;

COMMENT ON FUNCTION analytics.queue_play() IS 'Remembers what an update or a delete took away.';

CREATE FUNCTION analytics.read_active_listeners(granularity text, last integer) RETURNS TABLE(starts_at timestamp with time zone, ends_at timestamp with time zone, listeners bigint, as_of timestamp with time zone)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select bucket.starts_on::timestamp at time zone 'UTC',
    (bucket.starts_on + ('1 ' || granularity)::interval) at time zone 'UTC', coalesce(active.listeners, 0), engine.as_of
  from analytics.engine
  cross join generate_series(last - 1, 0, -1) back
  cross join lateral (
    select (date_trunc(granularity, engine.as_of at time zone 'UTC') - back * ('1 ' || granularity)::interval)::date as starts_on
  ) bucket
  left join analytics.active_listener active on active.unit = lower(granularity) and active.starts_on = bucket.starts_on
  order by bucket.starts_on
$$;

COMMENT ON FUNCTION analytics.read_active_listeners(granularity text, last integer) IS 'Distinct listeners of the last days, weeks or months in UTC, the current one included.';

CREATE FUNCTION analytics.read_changes(known analytics.engine, until timestamp with time zone, OUT seen pg_snapshot, OUT is_own boolean, OUT rebuild_reason text, OUT artists bigint, OUT songs bigint) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  own constant bigint := pg_current_xact_id()::text::bigint;
  beyond constant bigint := pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id)
    || (known.own_writer + known.writer_offset);
  -- The plays that left a window between the two instants: $7 in its column, nothing in the others.
  moved constant text := (
    select string_agg(format($moved$
      union all
      select song_id, listener_address, 0, 0, 0, null, %1$s from plays
      where played_at >= least($5, $6) - interval '%2$s hours' and played_at < greatest($5, $6) - interval '%2$s hours'$moved$,
      (select string_agg(case own.name when each.name then '$7' else '0' end, ', ' order by own.hours) from analytics.list_windows() own),
      each.hours), '')
    from analytics.list_windows() each);
begin
  execute format($read$
    with gone as (
      delete from analytics.play_queue returning *, xmin as written_by
    ), asked as (
      delete from analytics.rebuild_request returning *, xmin as written_by
    ), fresh as (
      -- Ids that no transaction here can have had yet are not new, they are foreign.
      select song_id, listener_address, played_at, duration, amount_paid, analytics_writer, xmin as written_by from plays
      where (analytics_writer >= $1 or analytics_writer = any ($2))
        and (analytics_writer < (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + $3) or analytics_writer = $4 + $3)
    ), uncounted as (
      -- What the last reading could not see was never added and must not be subtracted.
      select * from gone where writer is null or (writer < $1 and writer <> all ($2))
    ), changes as (
      select song_id, listener_address, 1 as plays, duration::bigint, amount_paid as amount, played_at as added_at, %1$s
      from fresh
      union all
      select song_id, listener_address, -1, -duration, -amount_paid, null, %2$s
      from uncounted
      -- Windows move even when nothing was played. When the clock stepped back, plays come into them again.
      %3$s
    ), summed as (
      insert into pg_temp.work_play
      select song_id::text, listener_address::text, sum(plays), sum(duration), sum(amount), min(added_at), max(added_at), %4$s
      from changes group by song_id, listener_address
    ), timed as (
      insert into pg_temp.work_timed
      select song_id::text, listener_address::text, analytics.quarter_of(played_at), 1, duration, amount_paid from fresh
      union all
      select song_id, listener_address, analytics.quarter_of(played_at), -1, -duration, -amount_paid from uncounted
    ), song_extremes as (
      -- When the first or the last play went away, the next one has to be looked up.
      insert into pg_temp.work_song_extreme
      select lost.song_id, least(left_over.first, retired.first), greatest(left_over.last, retired.last)
      from (
        select distinct song.song_id from uncounted join analytics.song on song.song_id = uncounted.song_id
        where uncounted.played_at <= song.first_played or uncounted.played_at >= song.last_played
      ) lost
      cross join lateral (select min(played_at) as first, max(played_at) as last from plays where plays.song_id = lost.song_id) left_over
      cross join lateral (
        select min(first_played) as first, max(last_played) as last from analytics.retired_play where retired_play.song_id = lost.song_id
      ) retired
    ), listener_extremes as (
      insert into pg_temp.work_listener_extreme
      select lost.listener_address, least(left_over.first, retired.first), greatest(left_over.last, retired.last)
      from (
        select distinct listener.listener_address
        from uncounted join analytics.listener on listener.listener_address = uncounted.listener_address
        where uncounted.played_at <= listener.first_played or uncounted.played_at >= listener.last_played
      ) lost
      cross join lateral (
        select min(played_at) as first, max(played_at) as last from plays where plays.listener_address = lost.listener_address
      ) left_over
      cross join lateral (
        select min(first_played) as first, max(last_played) as last from analytics.retired_play
        where retired_play.listener_address = lost.listener_address
      ) retired
    ), counted as materialized (
      select (select count(*) from artists) as artists, (select count(*) from songs) as songs
    ), touched_artists as materialized (
      select artist_address::text, name from artists where age(xmin) <= $8
    ), changed_artists as (
      insert into pg_temp.work_artist
      select now.artist_address, now.name, true
      from touched_artists now left join analytics.artist known on known.artist_address = now.artist_address
      where known.present is not true or now.name is distinct from known.name
      union all
      -- A row that went away leaves nothing to be read; that one is missing shows in the number of rows.
      select known.artist_address, null, false from analytics.artist known
      where known.present and not exists (select from artists now where now.artist_address = known.artist_address)
        and (select counted.artists from counted) is distinct from $9 + (
          select count(*) from touched_artists now
          where not exists (select from analytics.artist known where known.artist_address = now.artist_address and known.present))
    ), touched_songs as materialized (
      select song_id::text, title, artist_address::text, genre, strategy, created_at from songs where age(xmin) <= $8
    ), changed_songs as (
      insert into pg_temp.work_song
      select now.song_id, now.title, now.artist_address, now.genre, now.strategy, now.created_at, true
      from touched_songs now left join analytics.song known on known.song_id = now.song_id
      where known.present is not true
        or now.title is distinct from known.title or now.artist_address is distinct from known.artist_address
        or now.genre is distinct from known.genre_name or now.strategy is distinct from known.strategy
        or now.created_at is distinct from known.created_at
      union all
      select known.song_id, null, null, null, null, null, false from analytics.song known
      where known.present and not exists (select from songs now where now.song_id = known.song_id)
        and (select counted.songs from counted) is distinct from $10 + (
          select count(*) from touched_songs now
          where not exists (select from analytics.song known where known.song_id = now.song_id and known.present))
    )
    select pg_current_snapshot(),
      exists (select from fresh where analytics_writer = $4 + $3 and analytics.is_own_row(written_by))
        or exists (select from gone where queued_by = $4 and analytics.is_own_row(written_by))
        or exists (select from asked where queued_by = $4 and analytics.is_own_row(written_by)),
      (select string_agg(distinct reason, ', ') from asked), counted.artists, counted.songs
    from counted
  $read$,
    analytics.for_windows('(played_at >= $5 - interval ''%2$s hours'')::int as %1$I'),
    analytics.for_windows('-(played_at >= $5 - interval ''%2$s hours'')::int'),
    moved, analytics.for_windows('sum(%1$I)'))
  into seen, is_own, rebuild_reason, artists, songs
  using beyond, in_flight, known.writer_offset, own, known.as_of, until, case when until >= known.as_of then -1 else 1 end,
    analytics.oldest_unread(known), (known.catalogue ->> 'artists')::bigint, (known.catalogue ->> 'songs')::bigint;
end
$_$;

COMMENT ON FUNCTION analytics.read_changes(known analytics.engine, until timestamp with time zone, OUT seen pg_snapshot, OUT is_own boolean, OUT rebuild_reason text, OUT artists bigint, OUT songs bigint) IS 'Reads what changed since the last refresh into the work tables, in one statement.';

CREATE FUNCTION analytics.read_everything(until timestamp with time zone, OUT seen pg_snapshot, OUT is_own boolean, OUT artists bigint, OUT songs bigint) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
begin
  execute format($read$
    with gone as (
      delete from analytics.play_queue returning queued_by, xmin as written_by
    ), asked as (
      delete from analytics.rebuild_request returning queued_by, xmin as written_by
    ), summed as (
      insert into pg_temp.work_play
      select song_id::text, listener_address::text, count(*), sum(duration), sum(amount_paid), min(played_at), max(played_at), %1$s
      from plays group by song_id, listener_address
    ), timed as (
      insert into pg_temp.work_timed
      select song_id::text, listener_address::text, analytics.quarter_of(played_at), 1, duration, amount_paid from plays
    ), retired as (
      insert into pg_temp.work_play
      select song_id, listener_address, plays, duration, amount, first_played, last_played, %2$s from analytics.retired_play
    ), present_artists as (
      insert into pg_temp.work_artist select artist_address, name, true from artists
    ), present_songs as (
      insert into pg_temp.work_song select song_id, title, artist_address, genre, strategy, created_at, true from songs
    )
    select pg_current_snapshot(),
      exists (select from gone where queued_by = $2 and analytics.is_own_row(written_by)) or exists (select from asked where queued_by = $2 and analytics.is_own_row(written_by))
        or exists (select from plays where analytics_writer = $2 + (select writer_offset from analytics.engine) and analytics.is_own_row(xmin)),
      (select count(*) from artists), (select count(*) from songs)
  $read$,
    analytics.for_windows('count(*) filter (where played_at >= $1 - interval ''%2$s hours'')'),
    analytics.for_windows('0'))
  into seen, is_own, artists, songs using until, pg_current_xact_id()::text::bigint;
end
$_$;

COMMENT ON FUNCTION analytics.read_everything(until timestamp with time zone, OUT seen pg_snapshot, OUT is_own boolean, OUT artists bigint, OUT songs bigint) IS 'Reads all of the tables into the work tables, in one statement.';

CREATE FUNCTION analytics.read_series(kind text, keys text[], bounds timestamp with time zone[]) RETURNS TABLE(key text, "position" integer, plays bigint, seconds bigint, earnings numeric)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION analytics.read_series(kind text, keys text[], bounds timestamp with time zone[]) IS 'Plays, listened seconds and FLOW of each bucket that is not empty, for each key; a key without any comes once without a position.';

CREATE FUNCTION analytics.read_what_was_counted(known analytics.engine, sample integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $_$
declare
  beyond constant bigint := pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id)
    || (known.own_writer + known.writer_offset);
  songs_chosen constant text := case when sample is null then 'true' else 'song_id in (select song_id from pg_temp.verify_song)' end;
  listeners_chosen constant text := case when sample is null then 'false' else 'listener_address in (select listener_address from pg_temp.verify_listener)' end;
begin
  -- Drawn from the tables of the user, so that songs that the engine has never heard of can be found, too.
  create temporary table verify_song on commit drop as
  select song_id::text as song_id from songs order by random() limit coalesce(sample, 0);
  create temporary table verify_listener on commit drop as
  select listener_address from analytics.listener order by random() limit coalesce(sample, 0);
  create temporary table artists on commit drop as
  select artist_address, name from analytics.artist where present;
  create temporary table songs on commit drop as
  select song_id, title, artist_address, genre_name as genre, strategy, created_at from analytics.song where present;
  create temporary table plays (
    song_id text, listener_address text, played_at timestamptz, duration bigint, amount_paid numeric, is_retired boolean
  ) on commit drop;
  analyze pg_temp.verify_song, pg_temp.verify_listener, pg_temp.artists, pg_temp.songs;
  execute format('
    insert into pg_temp.plays
    select song_id, listener_address, played_at, duration, amount_paid, false
    from (
      -- Two branches, so that a sample is looked up in the indexes.
      select song_id::text, listener_address::text, played_at, duration, amount_paid, analytics_writer from plays where %1$s
      union all
      select song_id::text, listener_address::text, played_at, duration, amount_paid, analytics_writer from plays where %2$s and not (%1$s)
      union all
      select song_id, listener_address, played_at, duration, amount_paid, writer from analytics.play_queue where %1$s or %2$s
    ) play
    where analytics_writer is null or (analytics_writer < $1 and analytics_writer <> all ($2))
    union all
    -- Of retired plays the sums are known, and the first and the last of each listener and song.
    select song_id, listener_address, case when number = plays then last_played else first_played end,
      case when number = 1 then duration else 0 end, case when number = 1 then amount else 0 end, true
    from analytics.retired_play cross join generate_series(1, plays) number where %1$s or %2$s', songs_chosen, listeners_chosen) using beyond, in_flight;
  analyze pg_temp.plays;
end
$_$;

COMMENT ON FUNCTION analytics.read_what_was_counted(known analytics.engine, sample integer) IS 'The rows behind the published views, or those of a sample of songs and listeners, as temporary tables.';

CREATE FUNCTION analytics.reason_in_capture(known analytics.engine) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  gap text;
begin
  select * into gap from analytics.list_capture_gaps(of_rows => true) limit 1;
  if found then return 'changes of plays may not have been captured: ' || gap; end if;
  if known.capture is null then return 'the version before did not count plays that arrived with a stamp'; end if;
  if exists (
    select from jsonb_each(known.capture) before (relid, what) join jsonb_each(analytics.current_capture()) now (relid, what) using (relid)
    where before.what -> 'rows' <> now.what -> 'rows' or case when before.what ->> 'truncate' is null
      then before.what -> 'file' <> now.what -> 'file' else before.what -> 'truncate' <> now.what -> 'truncate' end
  ) then
    return 'triggers of plays were changed, so that changes may not have been captured';
  end if;
  return null;
end
$$;

COMMENT ON FUNCTION analytics.reason_in_capture(known analytics.engine) IS 'Whether changes of plays may have slipped past the triggers since the last refresh.';

CREATE FUNCTION analytics.reason_in_partitions(known analytics.engine) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  now constant oid[] := analytics.current_partitions();
  arrived oid;
  has_strange boolean;
begin
  if now = known.partitions then return null; end if;
  if not known.partitions <@ now then return 'a partition of plays was detached or dropped'; end if;
  foreach arrived in array now loop
    continue when arrived = any (known.partitions);
    execute format('select exists (select from %s where analytics_writer is null
        or (analytics_writer < $1 and analytics_writer <> all ($2))
        or analytics_writer >= (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + $3) and analytics_writer <> $4 + $3)',
      arrived::regclass)
      into has_strange
      using pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset,
        array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id) || (known.own_writer + known.writer_offset),
        known.writer_offset, txid_current();
    if has_strange then return format('the partition %s was attached with plays in it', arrived::regclass); end if;
  end loop;
  return null;
end
$_$;

COMMENT ON FUNCTION analytics.reason_in_partitions(known analytics.engine) IS 'Whether partitions changed in a way that the capture cannot see.';

CREATE FUNCTION analytics.reason_not_to_revise(week timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select case
    when analytics.overlaps_retired_month(week) then 'plays of this week were retired'
    when engine.seen is null or analytics.reason_to_rebuild(engine) is not null or exists (select from analytics.rebuild_request)
      or not engine.partitions <@ analytics.current_partitions()
    then 'plays that the last refresh counted are gone; the next refresh counts anew'
  end
  from analytics.engine
$$;

COMMENT ON FUNCTION analytics.reason_not_to_revise(week timestamp with time zone) IS 'Why the charts of a week cannot be counted as at the last refresh; null when they can.';

CREATE FUNCTION analytics.reason_to_rebuild(known analytics.engine) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if known.seen is null then return 'the views were never filled'; end if;
  if known.identity is distinct from analytics.current_identity()
    or pg_snapshot_xmax(known.seen) > pg_snapshot_xmax(pg_current_snapshot())
  then
    return 'the engine''s state comes from another cluster, database or table';
  end if;
  return null;
end
$$;

COMMENT ON FUNCTION analytics.reason_to_rebuild(known analytics.engine) IS 'Whether the state can be carried on.';

CREATE FUNCTION analytics.rebuild(trigger text DEFAULT 'sql'::text, at timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine for update;
  return analytics.refresh_or_explain(trigger, at, known, 'asked for');
end
$$;

COMMENT ON FUNCTION analytics.rebuild(trigger text, at timestamp with time zone) IS 'Recomputes everything from the tables. Waits for a running refresh.';

CREATE FUNCTION analytics.rebuild_series() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_hashagg TO 'on'
    AS $_$
declare
  started timestamptz := clock_timestamp();
  subject_kind text;
begin
  delete from analytics.series_recent;
  delete from analytics.series_segment;
  delete from analytics.active_listener;

  -- Retired plays are known of songs and of listeners apart from each other.
  create temporary table rebuild_cell on commit drop as
  select song.song, song.artist, song.genre, listener.listener, work.quarter, work.plays, work.seconds, work.earnings
  from pg_temp.work_timed work
  join analytics.song using (song_id)
  join analytics.listener using (listener_address)
  union all
  select song.song, song.artist, song.genre, null, cell.*
  from analytics.retired_series retired
  join analytics.song on song.song_id = retired.key
  cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
  where retired.kind = 'song'
  union all
  select null, null, null, listener.listener, cell.*
  from analytics.retired_series retired
  join analytics.listener on listener.listener_address = retired.key
  cross join lateral unnest(retired.quarters, retired.plays, retired.seconds, retired.earnings) cell
  where retired.kind = 'listener';
  analyze pg_temp.rebuild_cell (song, artist, genre, listener, quarter);
  raise notice 'rebuild: plays along time read after % s', round(extract(epoch from clock_timestamp() - started), 1);

  with active as materialized (
    select listener, floor(quarter / 96.0)::int as day, min(quarter) as quarter from pg_temp.rebuild_cell where listener is not null group by 1, 2
  ), bucket as materialized (
    select day, bucket.unit, bucket.starts_on
    from (select day, min(quarter) as quarter from active group by day) each
    cross join lateral analytics.list_active_buckets(each.quarter) bucket
  )
  insert into analytics.active_listener (unit, starts_on, listeners)
  select unit, starts_on, count(*)
  from (select distinct bucket.unit, bucket.starts_on, active.listener from active join bucket using (day)) distinct_active
  group by unit, starts_on;
  raise notice 'rebuild: active listeners counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  -- Each kind of subject is sorted once, by subject and quarter: that order serves the sums and the arrays. Long arrays are cut
  -- in two steps, because cutting a piece out of one reads it from its beginning.
  perform set_config('enable_hashagg', 'off', true);
  foreach subject_kind in array array['song', 'listener', 'artist', 'genre', 'platform'] loop
    execute format($store$
      insert into analytics.series_segment (kind, subject, since, quarters, plays, seconds, earnings)
      select %1$L, subject, block.quarters[first], block.quarters[first:first + 31], block.plays[first:first + 31],
        block.seconds[first:first + 31], block.earnings[first:first + 31]
      from (
        select subject, array_agg(quarter) as quarters, array_agg(plays) as plays, array_agg(seconds) as seconds, array_agg(earnings) as earnings
        from (
          select %2$s as subject, quarter, sum(plays)::int as plays, sum(seconds)::bigint as seconds, sum(earnings) as earnings
          from pg_temp.rebuild_cell where %3$I is not null group by 1, 2 order by 1, 2
        ) cell
        group by subject
      ) whole
      cross join lateral generate_series(1, cardinality(whole.quarters), 1024) at
      cross join lateral (
        select whole.quarters[at:at + 1023] as quarters, whole.plays[at:at + 1023] as plays, whole.seconds[at:at + 1023] as seconds,
          whole.earnings[at:at + 1023] as earnings
        offset 0
      ) block
      cross join lateral generate_series(1, cardinality(block.quarters), 32) first$store$,
      subject_kind, case subject_kind when 'platform' then '0' else quote_ident(subject_kind) end,
      case subject_kind when 'platform' then 'song' else subject_kind end);
  end loop;
  raise notice 'rebuild: series stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  drop table pg_temp.rebuild_cell;
  analyze analytics.series_recent, analytics.series_segment, analytics.active_listener;
end
$_$;

COMMENT ON FUNCTION analytics.rebuild_series() IS 'Replaces all series by what the reading of everything found.';

CREATE FUNCTION analytics.rebuild_state() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET default_statistics_target TO '100'
    AS $_$
declare
  started timestamptz := clock_timestamp();
  total bigint;
  keyed text;
begin
  truncate analytics.song_listener, analytics.artist_listener, analytics.genre_listener;
  -- Series are looked up in these, so rows are deleted: who reads meanwhile neither waits nor finds nothing.
  foreach keyed in array array['artist', 'genre', 'song', 'listener'] loop
    execute format('delete from analytics.%I', keyed);
    -- Restarting the numbers this way is undone with the transaction, unlike setval on a sequence in use.
    execute format('alter sequence %s restart', pg_get_serial_sequence('analytics.' || keyed, keyed));
  end loop;
  perform analytics.apply_dimensions();
  -- Only tables without a foreign key can hold plays of songs that are not there.
  insert into analytics.song (song_id)
  select distinct work.song_id from pg_temp.work_play work
  where not exists (select from analytics.song where song.song_id = work.song_id);

  create temporary table rebuild_listener on commit drop as
  select row_number() over (order by listener_address)::int as listener, listener_address
  from (select distinct listener_address from pg_temp.work_play) every;
  analyze pg_temp.rebuild_listener;
  analyze analytics.song;

  execute format('
    create temporary table rebuild_pair on commit drop as
    select song.song, rebuild_listener.listener, song.artist, song.genre, song.strategy, work.plays, work.duration, work.amount,
      work.first_played, work.last_played, %s
    from pg_temp.work_play work
    join analytics.song using (song_id)
    join pg_temp.rebuild_listener using (listener_address)', analytics.for_windows('work.%1$I'));
  get diagnostics total = row_count;
  analyze pg_temp.rebuild_pair;
  raise notice 'rebuild: % pairs of song and listener found after % s', total, round(extract(epoch from clock_timestamp() - started), 1);

  -- In the order of the keys, so that related rows lie together, and indexed afterwards, which is faster.
  alter table analytics.song_listener drop constraint song_listener_pkey;
  alter table analytics.artist_listener drop constraint artist_listener_pkey;
  alter table analytics.genre_listener drop constraint genre_listener_pkey;
  insert into analytics.song_listener (song, listener, plays)
  select song, listener, sum(plays) from pg_temp.rebuild_pair group by song, listener order by song, listener;
  alter table analytics.song_listener add primary key (song, listener);
  raise notice 'rebuild: songs with their listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  insert into analytics.artist_listener (artist, listener, plays)
  select artist, listener, sum(plays) from pg_temp.rebuild_pair where artist is not null group by artist, listener order by artist, listener;
  alter table analytics.artist_listener add primary key (artist, listener);
  raise notice 'rebuild: artists with their listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  insert into analytics.genre_listener (listener, genre, plays)
  select listener, genre, sum(plays) from pg_temp.rebuild_pair where genre is not null group by listener, genre order by listener, genre;
  alter table analytics.genre_listener add primary key (listener, genre);
  raise notice 'rebuild: genres with their listeners stored after % s', round(extract(epoch from clock_timestamp() - started), 1);

  update analytics.artist set listeners = change.listeners
  from (select artist, count(*) as listeners from analytics.artist_listener group by artist) change where artist.artist = change.artist;
  update analytics.genre set listeners = change.listeners
  from (select genre, count(*) as listeners from analytics.genre_listener group by genre) change where genre.genre = change.genre;

  execute format($apply$
    update analytics.song set
      plays = counted.plays, listeners = pairs.listeners, duration = counted.duration, amount = counted.amount,
      first_played = counted.first_played, last_played = counted.last_played, %1$s
    from (
      select song, sum(plays) as plays, sum(duration) as duration, sum(amount) as amount, min(first_played) as first_played,
        max(last_played) as last_played, %2$s
      from pg_temp.rebuild_pair group by song
    ) counted
    join (select song, count(*) as listeners from analytics.song_listener group by song) pairs using (song)
    where song.song = counted.song
  $apply$, analytics.for_windows('%1$I = counted.%1$I'), analytics.for_windows('sum(%1$I) as %1$I'));
  raise notice 'rebuild: songs counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  insert into pg_temp.work_genre
  select genre, name, row_number() over (order by name collate "C") as place from analytics.genre;

  -- The favourite is the highest of one number: the plays, and below them the place of the genre, first names highest.
  insert into analytics.listener (
    listener, listener_address, plays, songs, artists, amount, first_played, last_played, plays_7d, plays_30d,
    favorite, favorite_plays, favorite_name, pay_per_stream, gift_economy, patronage, auction)
  select listener, address.listener_address, counted.plays, songs.songs, coalesce(artists.artists, 0), counted.amount, counted.first_played,
    counted.last_played, counted.plays_7d, counted.plays_30d, favorite.genre, coalesce(favorite.plays, 0)::int, favorite.name, counted.pay_per_stream,
    counted.gift_economy, counted.patronage, counted.auction
  from (
    select listener, sum(plays) as plays, sum(amount) as amount, min(first_played) as first_played, max(last_played) as last_played,
      sum(plays_7d) as plays_7d, sum(plays_30d) as plays_30d,
      coalesce(sum(plays) filter (where strategy = 'pay-per-stream'), 0) as pay_per_stream,
      coalesce(sum(plays) filter (where strategy = 'gift-economy'), 0) as gift_economy,
      coalesce(sum(plays) filter (where strategy = 'patronage'), 0) as patronage,
      coalesce(sum(plays) filter (where strategy = 'auction'), 0) as auction
    from pg_temp.rebuild_pair group by listener
  ) counted
  join pg_temp.rebuild_listener address using (listener)
  join (select listener, count(*) as songs from analytics.song_listener group by listener) songs using (listener)
  left join (select listener, count(*) as artists from analytics.artist_listener group by listener) artists using (listener)
  left join (
    select best.listener, named.genre, best.best >> 24 as plays, named.name
    from (
      select pair.listener, max((pair.plays::bigint << 24) + 16777215 - named.place) as best
      from analytics.genre_listener pair join pg_temp.work_genre named using (genre) group by pair.listener
    ) best
    join pg_temp.work_genre named on named.place = 16777215 - (best.best & 16777215)
  ) favorite using (listener)
  order by listener;
  perform setval(pg_get_serial_sequence('analytics.listener', 'listener'), (select coalesce(max(listener), 1) from pg_temp.rebuild_listener));
  raise notice 'rebuild: listeners counted after % s', round(extract(epoch from clock_timestamp() - started), 1);

  drop table pg_temp.rebuild_pair, pg_temp.rebuild_listener;
  perform analytics.rebuild_series();
  perform analytics.recount_statement_changes();
  analyze analytics.artist, analytics.genre, analytics.song, analytics.listener,
    analytics.song_listener, analytics.artist_listener, analytics.genre_listener;
end
$_$;

COMMENT ON FUNCTION analytics.rebuild_state() IS 'Replaces the whole state by what the reading of everything found.';

CREATE FUNCTION analytics.record_refresh_failure(trigger text, started_at timestamp with time zone, error text) RETURNS void
    LANGUAGE sql
    AS $_$
  insert into analytics.refresh_ledger (trigger, started_at, finished_at, duration_ms, error)
  values ($1, $2, clock_timestamp(), analytics.milliseconds_since($2), coalesce($3, 'unknown'))
$_$;

COMMENT ON FUNCTION analytics.record_refresh_failure(trigger text, started_at timestamp with time zone, error text) IS 'Appends a failed refresh to the ledger. To be called in a transaction of its own.';

CREATE FUNCTION analytics.record_verification(started_at timestamp with time zone, scheduled_for timestamp with time zone, verdict jsonb, error text DEFAULT NULL::text) RETURNS void
    LANGUAGE sql
    AS $_$
  update analytics.verification
  set scheduled_for = coalesce($2, verification.scheduled_for), ran_at = $1, duration_ms = analytics.milliseconds_since($1),
    generation = ($3 ->> 'generation')::bigint, as_of = ($3 ->> 'asOf')::timestamptz,
    differing = $3 -> 'differing', bypasses = $3 -> 'bypasses', error = $4, failures = failures + ($4 is not null)::int
$_$;

COMMENT ON FUNCTION analytics.record_verification(started_at timestamp with time zone, scheduled_for timestamp with time zone, verdict jsonb, error text) IS 'Keeps what verify() returned, or why it failed, as the last verification.';

CREATE FUNCTION analytics.recount_statement_changes() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  delete from analytics.statement_change;
  insert into analytics.statement_change (artist_address, song_id, month, plays, earnings)
  select artist_address, song_id, month, plays, earnings from analytics.list_statement_gaps();
end
$$;

COMMENT ON FUNCTION analytics.recount_statement_changes() IS 'Replaces what changed in closed months by what a rebuild found.';

CREATE FUNCTION analytics.refresh(trigger text DEFAULT 'sql'::text, at timestamp with time zone DEFAULT NULL::timestamp with time zone, wait boolean DEFAULT false, postponed text[] DEFAULT '{}'::text[]) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
declare
  before bigint;
  known analytics.engine;
begin
  select generation into before from analytics.engine;
  select * into known from analytics.engine for update skip locked;
  if not found then
    if not wait then return jsonb_build_object('outcome', 'running', 'generation', before); end if;
    select * into known from analytics.engine for update;
  end if;
  -- A caller that waited gets the result of the refresh that was running, unless that one failed or left views for later that
  -- this one is to publish.
  if wait and known.generation > before
    and not exists (select from analytics.view_freshness where is_behind and view <> all (postponed)) then
    return analytics.describe_refresh('joined', known.generation);
  end if;
  return analytics.refresh_or_explain(trigger, at, known, null, postponed);
end
$$;

COMMENT ON FUNCTION analytics.refresh(trigger text, at timestamp with time zone, wait boolean, postponed text[]) IS 'Brings all views to one instant, at the cost of what changed. When another refresh is running: says so at once, or waits for its result.';

CREATE FUNCTION analytics.refresh_or_explain(trigger text, at timestamp with time zone, known analytics.engine, forced_reason text, postponed text[] DEFAULT '{}'::text[]) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION analytics.refresh_or_explain(trigger text, at timestamp with time zone, known analytics.engine, forced_reason text, postponed text[]) IS 'A refresh whose error names the rows that no index can hold.';

CREATE FUNCTION analytics.refuse_own_writes() RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'a refresh cannot run in a transaction that wrote plays'
    using errcode = 'active_sql_transaction',
      detail = 'Plays that this transaction writes after the refresh could not be told from those that it wrote before.',
      hint = 'Commit first, then refresh.';
end
$$;

COMMENT ON FUNCTION analytics.refuse_own_writes() IS 'Raises the error for a refresh in a transaction that wrote plays.';

CREATE FUNCTION analytics.refuse_statement_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'statements are closed for good: % of %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
    using errcode = 'object_not_in_prerequisite_state',
      hint = 'Change the plays; the difference is booked as an adjustment of the next statement to close.';
end
$$;

COMMENT ON FUNCTION analytics.refuse_statement_change() IS 'Raises the error for a change of a closed statement.';

CREATE FUNCTION analytics.refuse_to_change_editions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'closed chart editions are never changed' using errcode = 'object_not_in_prerequisite_state',
    detail = format('This was %s of %s.', tg_op, tg_relid::regclass),
    hint = 'What late plays and corrections would have made of an edition is in analytics.revise_charts.';
end
$$;

COMMENT ON FUNCTION analytics.refuse_to_change_editions() IS 'Refuses UPDATE, DELETE and TRUNCATE of what was closed.';

CREATE FUNCTION analytics.renew_plans() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  magnitude constant text := (
    select greatest(5, length(sum(pg_relation_size(oid))::text)) from pg_class
    where relnamespace = pg_my_temp_schema() and relname like 'work\_%' and relkind = 'r');
begin
  if magnitude is distinct from current_setting('analytics.planned_for', true) then
    execute 'discard plans';
    perform set_config('analytics.planned_for', magnitude, false);
  end if;
end
$$;

COMMENT ON FUNCTION analytics.renew_plans() IS 'Discards the plans of this session when a refresh has much more or less to do than the one that they were made for.';

CREATE FUNCTION analytics.request_rebuild() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into analytics.rebuild_request (reason) values (format('%s was truncated', tg_relid::regclass));
  return null;
end
$$;

COMMENT ON FUNCTION analytics.request_rebuild() IS 'TRUNCATE leaves no old images, so the engine starts again from the tables.';

CREATE FUNCTION analytics.resolve_keys() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into pg_temp.work_pair
  select work.*, song.song, listener.listener, song.artist, song.genre, song.strategy
  from pg_temp.work_play work
  left join analytics.song on song.song_id = work.song_id
  left join analytics.listener on listener.listener_address = work.listener_address;

  if exists (select from pg_temp.work_pair where listener is null) then
    insert into analytics.listener (listener_address)
    select distinct listener_address from pg_temp.work_pair where listener is null;
    update pg_temp.work_pair set listener = listener.listener
    from analytics.listener where work_pair.listener is null and listener.listener_address = work_pair.listener_address;
  end if;
  -- Only tables without a foreign key can hold plays of songs that are not there.
  if exists (select from pg_temp.work_pair where song is null) then
    insert into analytics.song (song_id) select distinct song_id from pg_temp.work_pair where song is null;
    update pg_temp.work_pair set song = song.song from analytics.song where work_pair.song is null and song.song_id = work_pair.song_id;
  end if;
end
$$;

COMMENT ON FUNCTION analytics.resolve_keys() IS 'The changes by the integers of song and listener.';

CREATE FUNCTION analytics.retire_plays(month date) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    SET "TimeZone" TO 'UTC'
    AS $_$
declare
  beginning constant timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
  ending constant timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
  partition_name constant text := 'plays_' || to_char(beginning, 'YYYY_MM');
  -- A day beyond the longest window.
  reach constant interval := (select make_interval(hours => max(hours) + 24) from analytics.list_windows());
  retired regclass;
  known analytics.engine;
  total bigint;
  paid numeric;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'retiring plays needs the isolation level read committed, not %', current_setting('transaction_isolation')
      using errcode = 'active_sql_transaction', hint = 'An older snapshot would not see the last plays that are dropped.';
  end if;
  -- Nobody may refresh or write plays of this month between the counting and the dropping.
  select * into known from analytics.engine for update;
  select inhrelid::regclass into retired from pg_inherits join pg_class on pg_class.oid = inhrelid
  where inhparent = 'plays'::regclass and relname = partition_name;
  if retired is null then
    raise exception 'plays have no partition % to retire', partition_name
      using errcode = 'undefined_table', hint = 'Expected a month that has a partition of its own; plays in the default partition cannot be retired.';
  end if;
  if known.as_of is null or ending > known.as_of - reach then
    raise exception 'the month % cannot be retired yet', to_char(beginning, 'YYYY-MM')
      using errcode = 'object_not_in_prerequisite_state',
        detail = format('Its last plays are younger than %s days at the instant of the views, %s.', (extract(epoch from reach) / 86400)::int,
          coalesce(known.as_of::text, 'which were never filled')),
        hint = 'The windows of the views reach back that far.';
  end if;
  execute format('lock table %s in access exclusive mode', retired);

  -- The last changes of this month have to be in the totals before its rows vanish; the refresh keeps the lock.
  perform analytics.run_refresh('retire', greatest(known.as_of, clock_timestamp()), known, null);

  execute format('select count(*), coalesce(sum(amount_paid), 0) from %s', retired) into total, paid;
  execute format('
    insert into analytics.retired_play as kept (song_id, listener_address, plays, duration, amount, first_played, last_played)
    select song_id, listener_address, count(*), sum(duration), sum(amount_paid), min(played_at), max(played_at)
    from %s group by song_id, listener_address
    on conflict (song_id, listener_address) do update set
      plays = kept.plays + excluded.plays, duration = kept.duration + excluded.duration, amount = kept.amount + excluded.amount,
      first_played = least(kept.first_played, excluded.first_played), last_played = greatest(kept.last_played, excluded.last_played)', retired);
  execute format($keep$
    insert into analytics.retired_series as kept (kind, key, month, quarters, plays, seconds, earnings)
    select kind, key, $1, array_agg(quarter), array_agg(plays), array_agg(seconds), array_agg(earnings)
    from (
      select keyed.kind, keyed.key, analytics.quarter_of(play.played_at) as quarter, count(*)::int as plays, sum(play.duration) as seconds,
        sum(play.amount_paid) as earnings
      from %s play
      cross join lateral (values ('song'::analytics.series_kind, play.song_id::text), ('listener', play.listener_address::text)) keyed (kind, key)
      group by 1, 2, 3
    ) counted
    group by kind, key
    on conflict (kind, key, month) do update set quarters = kept.quarters || excluded.quarters, plays = kept.plays || excluded.plays,
      seconds = kept.seconds || excluded.seconds, earnings = kept.earnings || excluded.earnings$keep$, retired) using beginning::date;
  insert into analytics.retired_month as kept (month, plays, amount) values (beginning::date, total, paid)
  on conflict on constraint retired_month_pkey do update set plays = kept.plays + excluded.plays, amount = kept.amount + excluded.amount, retired_at = clock_timestamp();

  execute format('alter table plays detach partition %s', retired);
  execute format('drop table %s', retired);
  update analytics.engine set partitions = analytics.current_partitions();
  return jsonb_build_object('month', to_char(beginning, 'YYYY-MM'), 'partition', partition_name, 'plays', total, 'amount', paid);
end
$_$;

COMMENT ON FUNCTION analytics.retire_plays(month date) IS 'Drops the partition of an old month for good and keeps its totals in every view. Waits for a running refresh.';

CREATE FUNCTION analytics.revise_charts(charts integer[], numbers integer[]) RETURNS TABLE(chart integer, number integer, song_id text, plays bigint, rank integer)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET jit TO 'off'
    AS $$
#variable_conflict use_column
declare
  known analytics.engine;
  beyond bigint;
  in_flight bigint[];
begin
  select * into known from analytics.engine;
  beyond := pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset;
  in_flight := array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id)
    || (known.own_writer + known.writer_offset);
  return query
  with edition as materialized (
    select edition.chart, edition.number, edition.period_start, edition.period_end
    from (select distinct * from unnest(charts, numbers) wanted (chart, number)) wanted
    join analytics.chart_edition edition using (chart, number)
  ), week as materialized (
    select period_start, period_end from edition group by period_start, period_end having analytics.reason_not_to_revise(period_start) is null
  ), counted as materialized (
    select week.period_start, play.song_id, count(*) as plays
    from week
    cross join lateral (
      select plays.song_id::text, plays.analytics_writer as writer from plays
      where plays.played_at >= week.period_start and plays.played_at < week.period_end
      union all
      select queued.song_id, queued.writer from analytics.play_queue queued
      where queued.played_at >= week.period_start and queued.played_at < week.period_end
    ) play
    where play.writer is null or (play.writer < beyond and play.writer <> all (in_flight))
    group by week.period_start, play.song_id
  ), ranked as materialized (
    select edition.chart, edition.number, counted.song_id, counted.plays,
      rank() over (partition by edition.chart, edition.number order by counted.plays desc)::int as rank
    from edition
    join analytics.chart using (chart)
    join counted using (period_start)
    join analytics.song on song.song_id = counted.song_id and song.present and (chart.genre is null or chart.genre = song.genre_name)
  )
  select entry.chart, entry.number, entry.song_id, coalesce(ranked.plays, 0), ranked.rank
  from edition
  join week using (period_start)
  join analytics.chart_entry entry using (chart, number)
  left join ranked using (chart, number, song_id);
end
$$;

COMMENT ON FUNCTION analytics.revise_charts(charts integer[], numbers integer[]) IS 'What the entries of closed editions would be by the plays and genres of the last refresh; nothing for weeks of which that cannot be told.';

CREATE FUNCTION analytics.run_refresh(trigger text, at timestamp with time zone, known analytics.engine, forced_reason text, postponed text[] DEFAULT '{}'::text[]) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET jit TO 'off'
    SET work_mem TO '128MB'
    SET maintenance_work_mem TO '256MB'
    SET default_statistics_target TO '2'
    SET "TimeZone" TO 'UTC'
    SET quote_all_identifiers TO 'off'
    SET extra_float_digits TO '1'
    AS $$
declare
  started constant timestamptz := clock_timestamp();
  -- Taken after the lock: the instants of the generations follow each other.
  until constant timestamptz := coalesce(at, clock_timestamp());
  phase timestamptz;
  reason text := coalesce(forced_reason, analytics.reason_to_rebuild(known));
  captured_from bigint := known.writer_offset;
  captured_by jsonb;
  read_from oid[];
  compared_with text;
  reading record;
  changed_views text[];
  published record;
  phases jsonb := '{}';
  duration double precision;
  drawn bigint;
begin
  read_from := analytics.hold_partitions();
  -- Before the reading: what is switched off from now on is found by the next refresh.
  captured_by := analytics.current_capture();
  lock table artists, songs in access share mode;
  compared_with := analytics.current_catalogue();
  -- Compare all rows where those that were written since then are not all that can have changed.
  if known.catalogue ->> 'read_from' is distinct from compared_with then known.catalogue := null; end if;
  perform analytics.open_work_tables();
  if reason is null then
    phase := clock_timestamp();
    reading := analytics.read_changes(known, until);
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    reason := coalesce(reading.rebuild_reason, analytics.reason_in_partitions(known), analytics.reason_in_capture(known));
  end if;
  if reason is null then
    perform analytics.renew_plans();
    phase := clock_timestamp();
    perform analytics.apply_dimensions();
    phases := phases || jsonb_build_object('dimensions', analytics.milliseconds_since(phase));
    phase := clock_timestamp();
    perform analytics.apply_changes();
    phases := phases || jsonb_build_object('apply', analytics.milliseconds_since(phase));
    changed_views := analytics.list_changed_views(known, until);
  else
    raise notice 'rebuild: %', reason;
    phase := clock_timestamp();
    captured_from := analytics.step_over_foreign_writers(known);
    captured_by := analytics.current_capture();
    perform analytics.open_work_tables();
    reading := analytics.read_everything(until);
    if reading.is_own then perform analytics.refuse_own_writes(); end if;
    phases := phases || jsonb_build_object('read', analytics.milliseconds_since(phase));
    raise notice 'rebuild: plays read after % s', round(extract(epoch from clock_timestamp() - phase), 1);
    perform analytics.renew_plans();
    phase := clock_timestamp();
    perform analytics.rebuild_state();
    phases := phases || jsonb_build_object('rebuild', analytics.milliseconds_since(phase));
    changed_views := analytics.list_views();
  end if;

  if known.charts_closed_until is null or known.charts_closed_until <= until - interval '7 days' then
    phase := clock_timestamp();
    perform analytics.close_charts(known, until, reading.seen, captured_from);
    phases := phases || jsonb_build_object('charts', analytics.milliseconds_since(phase));
  end if;

  -- What came too late to be read must be found to have come by the next refresh.
  if analytics.current_partitions() is distinct from read_from or analytics.current_catalogue() is distinct from compared_with then
    raise exception 'partitions or columns came or went while they were read' using errcode = 'serialization_failure',
      hint = 'Nothing has happened. Refresh again.';
  end if;

  phase := clock_timestamp();
  perform analytics.close_statements(known, until);
  phases := phases || jsonb_build_object('statements', analytics.milliseconds_since(phase));

  -- The views take their instant from here, so it has to stand before they are published.
  update analytics.engine set
    generation = known.generation + 1, as_of = until, seen = reading.seen, own_writer = pg_current_xact_id()::text::bigint,
    writer_offset = captured_from, identity = analytics.current_identity(), partitions = read_from, capture = captured_by,
    catalogue = jsonb_build_object('read_from', compared_with, 'artists', reading.artists, 'songs', reading.songs),
    previous_state = known.state, state = analytics.draw_state()
  returning state into drawn;

  phase := clock_timestamp();
  published := analytics.publish(changed_views, case when reason is null then postponed else '{}' end, known);
  phases := phases || jsonb_build_object('publish', analytics.milliseconds_since(phase)) || published.phases;
  if reason is not null then raise notice 'rebuild: views published, % s in all', round(extract(epoch from clock_timestamp() - started), 1); end if;

  duration := analytics.milliseconds_since(started);
  insert into analytics.refresh_ledger (generation, trigger, kind, reason, as_of, started_at, finished_at, duration_ms, rows_changed, phases)
  values (known.generation + 1, run_refresh.trigger, case when reason is null then 'incremental' else 'rebuild' end, reason, until, started,
    clock_timestamp(), duration, published.rows_changed, phases);
  perform pg_notify('analytics_refresh', jsonb_build_object('generation', known.generation + 1, 'state', drawn, 'asOf', until)::text);
  perform analytics.mend_capture(captured_from);
  return analytics.describe_refresh('refreshed', known.generation + 1);
end
$$;

COMMENT ON FUNCTION analytics.run_refresh(trigger text, at timestamp with time zone, known analytics.engine, forced_reason text, postponed text[]) IS 'The refresh itself; its caller holds the lock.';

CREATE FUNCTION analytics.series_range(granularity text, last integer, from_at timestamp with time zone, to_at timestamp with time zone, zone text, compare_to text, OUT as_of timestamp with time zone, OUT bounds timestamp with time zone[], OUT previous_bounds timestamp with time zone[], OUT previous_until timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  step constant interval := ('1 ' || lower(granularity))::interval;
  year_before constant interval := case granularity when 'WEEK' then interval '52 weeks' else interval '1 year' end;
  ending timestamptz;
  size int;
  earlier timestamptz;
begin
  select engine.as_of into as_of from analytics.engine;
  if as_of is null or not analytics.knows_time_zone(zone) then
    return;
  end if;
  ending := coalesce(to_at - interval '1 microsecond', as_of);
  if from_at > ending then
    bounds := '{}';
    return;
  end if;
  if from_at is null then
    -- Two steps more than needed, because buckets differ in length and a zone may skip a day.
    bounds := analytics.list_bounds(granularity, zone, ending - (last + 2) * step, ending);
    bounds := bounds[cardinality(bounds) - last:];
  else
    bounds := analytics.list_bounds(granularity, zone, greatest(from_at, ending - 1002 * step), ending);
  end if;
  size := cardinality(bounds) - 1;
  if compare_to is null or size > 1000 then
    return;
  end if;
  if compare_to = 'PREVIOUS_YEAR' then
    earlier := (bounds[1] at time zone zone - year_before) at time zone zone;
    previous_bounds := (analytics.list_bounds(granularity, zone, earlier, earlier + (size + 2) * step))[:size + 1];
  else
    earlier := bounds[1] - interval '1 microsecond';
    previous_bounds := analytics.list_bounds(granularity, zone, earlier - (size + 2) * step, earlier);
    previous_bounds := previous_bounds[cardinality(previous_bounds) - size:];
  end if;
  previous_until := case
    when as_of >= bounds[size + 1] then previous_bounds[size + 1]
    else least(
      previous_bounds[size + 1],
      date_bin('15 minutes', previous_bounds[1] + greatest(as_of - bounds[1], interval '0'), '4713-01-01 00:00:00+00 BC')
    )
  end;
end
$$;

COMMENT ON FUNCTION analytics.series_range(granularity text, last integer, from_at timestamp with time zone, to_at timestamp with time zone, zone text, compare_to text, OUT as_of timestamp with time zone, OUT bounds timestamp with time zone[], OUT previous_bounds timestamp with time zone[], OUT previous_until timestamp with time zone) IS 'The buckets of a series: the last ones up to the last refresh or to an instant, or those from an instant on; with compare_to (PREVIOUS_PERIOD, PREVIOUS_YEAR) as many before them, and up to where these are as old as the first ones at the last refresh. bounds is null for an unknown time zone and empty where from_at is after the end.';

CREATE FUNCTION analytics.stamp_play() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.analytics_writer := txid_current() + tg_argv[0]::bigint;
  return new;
end
$$;

COMMENT ON FUNCTION analytics.stamp_play() IS 'An inserted or updated play belongs to the transaction that wrote it, whatever it says itself.';

CREATE FUNCTION analytics.step_over_foreign_writers(known analytics.engine) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  highest bigint;
begin
  select max(analytics_writer) into highest from plays
  where analytics_writer >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint + known.writer_offset
    and analytics_writer <> pg_current_xact_id()::text::bigint + known.writer_offset
    and (analytics_writer < known.writer_offset
      or not pg_visible_in_snapshot((analytics_writer - known.writer_offset)::text::xid8, pg_current_snapshot()));
  if highest is null then return known.writer_offset; end if;
  perform analytics.capture_from(highest + 1);
  return highest + 1;
end
$$;

COMMENT ON FUNCTION analytics.step_over_foreign_writers(known analytics.engine) IS 'Moves the capture above ids of another cluster; returns the offset that holds from now on.';

CREATE FUNCTION analytics.store_segments() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into analytics.series_segment (kind, subject, since, quarters, plays, seconds, earnings)
  select kind, subject, min(quarter), array_agg(quarter), array_agg(plays), array_agg(seconds), array_agg(earnings)
  from (
    select *, (row_number() over (partition by kind, subject, since order by quarter) - 1) / case when is_last then 32 else 22 end as piece
    from pg_temp.work_cell
  ) cut
  group by kind, subject, since, piece
  order by kind, subject, min(quarter);
end
$$;

COMMENT ON FUNCTION analytics.store_segments() IS 'Stores the cells of work_cell as rows of analytics.series_segment.';

CREATE FUNCTION analytics.verify(sample integer DEFAULT NULL::integer) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    SET jit TO 'off'
    SET work_mem TO '128MB'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  known analytics.engine;
  missing record;
  differences jsonb;
  differing jsonb;
  bypasses jsonb;
begin
  -- Held to the end, so that the views stay the ones that are compared.
  select * into known from analytics.engine for update;
  if known.seen is null then
    raise exception 'the views were never filled' using errcode = 'object_not_in_prerequisite_state', hint = 'Refresh first.';
  end if;
  select * into missing from analytics.list_missing_views() limit 1;
  if found then
    raise exception '%', missing.fault using errcode = 'undefined_table', hint = missing.advice;
  end if;
  perform analytics.read_what_was_counted(known, sample);
  with found as materialized (
    select * from analytics.compare_views(current_schema(), known.as_of, sample is not null)
    union all select * from analytics.compare_series(sample is not null)
    union all select * from analytics.compare_statements(sample is not null)
    union all select * from analytics.compare_charts() where sample is null
  ), shown as (
    select * from found limit 50
  ), counted as (
    -- The names of series and charts hold genres, of which there may be many.
    select case when view like 'series of %' then 'series' when view like 'chart of %' then 'charts'
      when view in ('adjustments', 'statements') then 'statements' else view end as part, count(*) as number
    from found group by 1
  )
  select coalesce((select jsonb_agg(jsonb_build_object('view', view, 'key', key, 'published', published, 'expected', expected)) from shown), '[]'),
    coalesce((select jsonb_object_agg(part, number) from counted), '{}')
  into differences, differing;
  drop table pg_temp.verify_song, pg_temp.verify_listener, pg_temp.artists, pg_temp.songs, pg_temp.plays;
  select coalesce(jsonb_agg(bypass), '[]') into bypasses from analytics.list_bypasses() bypass;
  return jsonb_build_object('ok', differences = '[]' and bypasses = '[]', 'generation', known.generation, 'asOf', known.as_of,
    'sample', sample, 'differences', differences, 'differing', differing, 'bypasses', bypasses,
    'advice', case when differences <> '[]' then 'select analytics.rebuild()' when bypasses <> '[]' then 'select analytics.capture_from(' || known.writer_offset || ')' end);
end
$$;

COMMENT ON FUNCTION analytics.verify(sample integer) IS 'Compares the views with the plain definitions over the plays, and closed charts with each other; says what differs and what slips past the capture.';

CREATE FUNCTION analytics.watch_truncate() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  part regclass;
begin
  for part in select 'plays'::regclass union select relid from pg_partition_tree('plays'::regclass) loop
    if not exists (select from pg_trigger where tgrelid = part and tgname = 'analytics_truncate') then
      execute format('create trigger analytics_truncate before truncate on %s execute function analytics.request_rebuild()', part);
    end if;
    -- Always: a session in the replica role (a restore, a subscription) must not slip past the capture.
    if exists (select from pg_trigger where tgrelid = part and tgname = 'analytics_truncate' and tgenabled <> 'A') then
      execute format('alter table only %s enable always trigger analytics_truncate', part);
    end if;
  end loop;
end
$$;

COMMENT ON FUNCTION analytics.watch_truncate() IS 'Gives every partition of plays the trigger that notices TRUNCATE.';

CREATE FUNCTION public.refresh_all_materialized_views() RETURNS jsonb
    LANGUAGE sql
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select analytics.refresh('sql')
$$;

COMMENT ON FUNCTION public.refresh_all_materialized_views() IS 'Brings all materialized views to one instant.';

CREATE FUNCTION public.refresh_artist_views(address text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from artists where artist_address = address) then
    raise exception 'there is no artist with the address %', coalesce(address, 'null')
      using errcode = 'no_data_found', hint = 'Expected a value of artists.artist_address.';
  end if;
  return analytics.refresh('sql');
end
$$;

COMMENT ON FUNCTION public.refresh_artist_views(address text) IS 'Moves the numbers of one artist, by the whole cycle: it is cheap, and the views stay at one instant.';

CREATE TABLE analytics.active_listener (
    unit text NOT NULL,
    starts_on date NOT NULL,
    listeners bigint NOT NULL,
    CONSTRAINT active_listener_unit_check CHECK ((unit = ANY (ARRAY['day'::text, 'week'::text, 'month'::text])))
)
WITH (fillfactor='80');

COMMENT ON TABLE analytics.active_listener IS 'Distinct listeners of each day, week and month in UTC.';

CREATE TABLE analytics.artist (
    artist integer NOT NULL,
    artist_address text NOT NULL,
    name text,
    present boolean DEFAULT false NOT NULL,
    listeners bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE analytics.artist ALTER COLUMN artist ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME analytics.artist_artist_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.artist_listener (
    artist integer NOT NULL,
    listener integer NOT NULL,
    plays integer NOT NULL
)
WITH (fillfactor='90');

CREATE TABLE analytics.chart (
    chart integer NOT NULL,
    genre text
);

COMMENT ON TABLE analytics.chart IS 'The chart of all songs, whose genre is null, and one of each genre.';

ALTER TABLE analytics.chart ALTER COLUMN chart ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME analytics.chart_chart_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.chart_edition (
    chart integer NOT NULL,
    number integer NOT NULL,
    period_start timestamp with time zone NOT NULL,
    period_end timestamp with time zone NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    generation bigint NOT NULL,
    is_backfilled boolean NOT NULL
);

COMMENT ON TABLE analytics.chart_edition IS 'The weeks that a chart was closed for, from Friday 00:00 UTC to the next; weeks without plays are left out.';

COMMENT ON COLUMN analytics.chart_edition.number IS 'Counted from 1 in each chart.';

COMMENT ON COLUMN analytics.chart_edition.closed_at IS 'The instant of the refresh that closed it.';

COMMENT ON COLUMN analytics.chart_edition.generation IS 'The refresh that closed it.';

COMMENT ON COLUMN analytics.chart_edition.is_backfilled IS 'An earlier refresh, or none, stood at the end of the week: it was closed later than it could have been.';

CREATE TABLE analytics.chart_entry (
    chart integer NOT NULL,
    number integer NOT NULL,
    song_id text NOT NULL,
    rank integer NOT NULL,
    plays bigint NOT NULL,
    unique_listeners bigint NOT NULL,
    earnings numeric NOT NULL,
    song_title text,
    artist_address text,
    artist_name text,
    previous_rank integer,
    last_rank integer,
    peak_rank integer NOT NULL,
    editions_on_chart integer NOT NULL,
    streak integer NOT NULL,
    status text NOT NULL,
    CONSTRAINT chart_entry_status_check CHECK ((status = ANY (ARRAY['NEW'::text, 'RE_ENTRY'::text, 'UP'::text, 'DOWN'::text, 'SAME'::text])))
);

COMMENT ON TABLE analytics.chart_entry IS 'The songs of each edition as they were when it was closed, at most a hundred.';

COMMENT ON COLUMN analytics.chart_entry.previous_rank IS 'The rank in the edition before; null when the song was not in it.';

COMMENT ON COLUMN analytics.chart_entry.last_rank IS 'The rank in the last earlier edition that the song was in; null in its first.';

COMMENT ON COLUMN analytics.chart_entry.peak_rank IS 'The best rank in this edition and all before it.';

COMMENT ON COLUMN analytics.chart_entry.editions_on_chart IS 'How many editions the song was in, this one included.';

COMMENT ON COLUMN analytics.chart_entry.streak IS 'How many of these follow each other, up to this one.';

CREATE TABLE analytics.genre (
    genre integer NOT NULL,
    name text NOT NULL,
    listeners bigint DEFAULT 0 NOT NULL
)
WITH (fillfactor='80');

ALTER TABLE analytics.genre ALTER COLUMN genre ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME analytics.genre_genre_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.genre_listener (
    listener integer NOT NULL,
    genre integer NOT NULL,
    plays integer NOT NULL
)
WITH (fillfactor='90');

CREATE TABLE analytics.listener (
    listener integer NOT NULL,
    listener_address text NOT NULL,
    plays bigint DEFAULT 0 NOT NULL,
    songs bigint DEFAULT 0 NOT NULL,
    artists bigint DEFAULT 0 NOT NULL,
    amount numeric DEFAULT 0 NOT NULL,
    first_played timestamp with time zone,
    last_played timestamp with time zone,
    plays_7d bigint DEFAULT 0 NOT NULL,
    plays_30d bigint DEFAULT 0 NOT NULL,
    favorite integer,
    favorite_plays integer DEFAULT 0 NOT NULL,
    favorite_name text,
    pay_per_stream integer DEFAULT 0 NOT NULL,
    gift_economy integer DEFAULT 0 NOT NULL,
    patronage integer DEFAULT 0 NOT NULL,
    auction integer DEFAULT 0 NOT NULL,
    average_amount numeric GENERATED ALWAYS AS (
CASE
    WHEN (plays = 0) THEN (0)::numeric
    ELSE (amount / (plays)::numeric)
END) STORED,
    favorite_strategy text GENERATED ALWAYS AS (
CASE
    WHEN (GREATEST(pay_per_stream, gift_economy, patronage, auction) <= 0) THEN NULL::text
    WHEN (auction >= GREATEST(pay_per_stream, gift_economy, patronage)) THEN 'auction'::text
    WHEN (gift_economy >= GREATEST(pay_per_stream, patronage)) THEN 'gift-economy'::text
    WHEN (patronage >= pay_per_stream) THEN 'patronage'::text
    ELSE 'pay-per-stream'::text
END) STORED
)
WITH (fillfactor='70');

COMMENT ON TABLE analytics.listener IS 'Counters of each address that has a play.';

ALTER TABLE analytics.listener ALTER COLUMN listener ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME analytics.listener_listener_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    version text
);

CREATE TABLE analytics.play_queue (
    song_id text,
    listener_address text,
    played_at timestamp with time zone,
    duration bigint,
    amount_paid numeric,
    writer bigint,
    queued_by bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL
);

ALTER TABLE ONLY analytics.play_queue REPLICA IDENTITY FULL;

COMMENT ON TABLE analytics.play_queue IS 'Old images of updated and deleted plays that the next refresh subtracts.';

CREATE TABLE analytics.published_view (
    view text NOT NULL,
    key text NOT NULL,
    plain_definition text NOT NULL
);

COMMENT ON TABLE analytics.published_view IS 'The views that a refresh publishes. Filled from migrations/views.';

COMMENT ON COLUMN analytics.published_view.key IS 'The column of the unique index.';

COMMENT ON COLUMN analytics.published_view.plain_definition IS 'A query over artists, songs and plays that gives the same rows at the instant :as_of.';

CREATE TABLE analytics.rebuild_request (
    reason text NOT NULL,
    requested_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    queued_by bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL
);

ALTER TABLE ONLY analytics.rebuild_request REPLICA IDENTITY FULL;

COMMENT ON TABLE analytics.rebuild_request IS 'Reasons why the next refresh recomputes everything from the tables.';

CREATE TABLE analytics.refresh_ledger (
    id bigint NOT NULL,
    generation bigint,
    trigger text NOT NULL,
    kind text,
    reason text,
    as_of timestamp with time zone,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    duration_ms double precision NOT NULL,
    rows_changed jsonb DEFAULT '{}'::jsonb NOT NULL,
    phases jsonb DEFAULT '{}'::jsonb NOT NULL,
    error text,
    CONSTRAINT refresh_ledger_kind_check CHECK ((kind = ANY (ARRAY['incremental'::text, 'rebuild'::text]))),
    CONSTRAINT refresh_ledger_success_or_error CHECK (((generation IS NULL) = (error IS NOT NULL)))
);

COMMENT ON TABLE analytics.refresh_ledger IS 'One row a refresh: a generation and what it cost, or the error that it ended with.';

COMMENT ON COLUMN analytics.refresh_ledger.reason IS 'Why everything was recomputed, when it was.';

COMMENT ON COLUMN analytics.refresh_ledger.rows_changed IS 'Rows that are new or different in each view.';

COMMENT ON COLUMN analytics.refresh_ledger.phases IS 'Milliseconds of each phase.';

ALTER TABLE analytics.refresh_ledger ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME analytics.refresh_ledger_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.retired_month (
    month date NOT NULL,
    plays bigint NOT NULL,
    amount numeric NOT NULL,
    retired_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

CREATE TABLE analytics.retired_play (
    song_id text NOT NULL,
    listener_address text NOT NULL,
    plays bigint NOT NULL,
    duration bigint NOT NULL,
    amount numeric NOT NULL,
    first_played timestamp with time zone NOT NULL,
    last_played timestamp with time zone NOT NULL
);

CREATE TABLE analytics.retired_series (
    kind analytics.series_kind NOT NULL,
    key text NOT NULL,
    month date NOT NULL,
    quarters integer[] NOT NULL,
    plays integer[] NOT NULL,
    seconds bigint[] NOT NULL,
    earnings numeric[] NOT NULL,
    CONSTRAINT retired_series_kind_check CHECK ((kind = ANY (ARRAY['song'::analytics.series_kind, 'listener'::analytics.series_kind])))
);

COMMENT ON TABLE analytics.retired_series IS 'The quarters of retired plays of each song and listener, which a rebuild counts again.';

CREATE TABLE analytics.series_recent (
    kind analytics.series_kind NOT NULL,
    subject integer NOT NULL,
    quarter integer NOT NULL,
    plays integer NOT NULL,
    seconds bigint NOT NULL,
    earnings numeric NOT NULL
);

ALTER TABLE ONLY analytics.series_recent REPLICA IDENTITY FULL;

COMMENT ON TABLE analytics.series_recent IS 'Plays, seconds and FLOW of a subject in a quarter of an hour that were counted lately.';

COMMENT ON COLUMN analytics.series_recent.subject IS 'The number of the genre, artist, song or listener in its table; 0 for the platform.';

COMMENT ON COLUMN analytics.series_recent.quarter IS 'In quarters of an hour since 1970.';

CREATE TABLE analytics.series_segment (
    kind analytics.series_kind NOT NULL,
    subject integer NOT NULL,
    since integer NOT NULL,
    quarters integer[] NOT NULL,
    plays integer[] NOT NULL,
    seconds bigint[] NOT NULL,
    earnings numeric[] NOT NULL
)
WITH (fillfactor='90');
ALTER TABLE ONLY analytics.series_segment ALTER COLUMN quarters SET STATISTICS 0;
ALTER TABLE ONLY analytics.series_segment ALTER COLUMN plays SET STATISTICS 0;
ALTER TABLE ONLY analytics.series_segment ALTER COLUMN seconds SET STATISTICS 0;
ALTER TABLE ONLY analytics.series_segment ALTER COLUMN earnings SET STATISTICS 0;

COMMENT ON TABLE analytics.series_segment IS 'The same of some quarters in one row.';

CREATE TABLE analytics.song (
    song integer NOT NULL,
    song_id text NOT NULL,
    present boolean DEFAULT false NOT NULL,
    title text,
    artist_address text,
    genre_name text,
    strategy text,
    created_at timestamp with time zone,
    artist integer,
    genre integer,
    plays bigint DEFAULT 0 NOT NULL,
    listeners bigint DEFAULT 0 NOT NULL,
    duration bigint DEFAULT 0 NOT NULL,
    amount numeric DEFAULT 0 NOT NULL,
    first_played timestamp with time zone,
    last_played timestamp with time zone,
    plays_1d bigint DEFAULT 0 NOT NULL,
    plays_7d bigint DEFAULT 0 NOT NULL,
    plays_30d bigint DEFAULT 0 NOT NULL,
    average_duration numeric GENERATED ALWAYS AS (
CASE
    WHEN (plays = 0) THEN (0)::numeric
    ELSE ((duration)::numeric / (plays)::numeric)
END) STORED,
    average_amount numeric GENERATED ALWAYS AS (
CASE
    WHEN (plays = 0) THEN (0)::numeric
    ELSE (amount / (plays)::numeric)
END) STORED
)
WITH (fillfactor='70');

COMMENT ON TABLE analytics.song IS 'Counters of each song. Artists, genres and the platform are sums over it. Not present: its row is gone, plays of it are left.';

CREATE TABLE analytics.song_listener (
    song integer NOT NULL,
    listener integer NOT NULL,
    plays integer NOT NULL
)
WITH (fillfactor='90');

ALTER TABLE analytics.song ALTER COLUMN song ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME analytics.song_song_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.statement (
    statement bigint NOT NULL,
    artist_address text NOT NULL,
    month date NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    generation bigint NOT NULL,
    backfilled boolean NOT NULL,
    plays bigint NOT NULL,
    earnings numeric NOT NULL,
    adjusted_plays bigint NOT NULL,
    adjusted_earnings numeric NOT NULL
);

COMMENT ON TABLE analytics.statement IS 'One row for each artist and month (UTC) that had plays or adjustments. Rows are never changed.';

COMMENT ON COLUMN analytics.statement.closed_at IS 'The instant of the refresh that closed the month.';

COMMENT ON COLUMN analytics.statement.backfilled IS 'Whether the month was over before there were statements.';

COMMENT ON COLUMN analytics.statement.plays IS 'Of the month, without adjustments.';

COMMENT ON COLUMN analytics.statement.adjusted_plays IS 'The sum of the adjustments; negative where plays went away.';

CREATE TABLE analytics.statement_change (
    artist_address text NOT NULL,
    song_id text NOT NULL,
    month date NOT NULL,
    plays bigint NOT NULL,
    earnings numeric NOT NULL
)
WITH (fillfactor='80');

COMMENT ON TABLE analytics.statement_change IS 'What changed in closed months since they were closed: the adjustments of the next statement to close.';

CREATE TABLE analytics.statement_line (
    statement bigint NOT NULL,
    song_id text NOT NULL,
    month date NOT NULL,
    song_title text,
    strategy text,
    plays bigint NOT NULL,
    earnings numeric NOT NULL
);

COMMENT ON TABLE analytics.statement_line IS 'The songs of each statement. A line of an earlier month than its statement is an adjustment. Rows are never changed.';

COMMENT ON COLUMN analytics.statement_line.song_title IS 'As it was when the statement was closed.';

COMMENT ON COLUMN analytics.statement_line.strategy IS 'As it was when the statement was closed; null for adjustments.';

ALTER TABLE analytics.statement ALTER COLUMN statement ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME analytics.statement_statement_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE analytics.verification (
    is_only boolean DEFAULT true NOT NULL,
    scheduled_for timestamp with time zone,
    ran_at timestamp with time zone,
    duration_ms double precision,
    generation bigint,
    as_of timestamp with time zone,
    differing jsonb,
    bypasses jsonb,
    error text,
    failures bigint DEFAULT 0 NOT NULL,
    CONSTRAINT verification_is_only_check CHECK (is_only)
);

COMMENT ON TABLE analytics.verification IS 'The last verification: one row, which is locked while a scheduled one runs.';

COMMENT ON COLUMN analytics.verification.scheduled_for IS 'The tick of the schedule that was done last, so that a gateway whose clock is late leaves it out.';

COMMENT ON COLUMN analytics.verification.differing IS 'Number of rows that differed, by view, or by series, statements and charts; null when the verification failed.';

COMMENT ON COLUMN analytics.verification.failures IS 'Verifications that failed, ever.';

CREATE TABLE analytics.view_freshness (
    view text NOT NULL,
    generation bigint NOT NULL,
    as_of timestamp with time zone NOT NULL,
    is_behind boolean DEFAULT false NOT NULL
)
WITH (fillfactor='50');

COMMENT ON TABLE analytics.view_freshness IS 'The refresh that last published each view. What a later one did not publish again is true at its instant, too, unless the view is behind.';

COMMENT ON COLUMN analytics.view_freshness.is_behind IS 'A later refresh changed something in the view and left it for its own schedule.';

CREATE TABLE analytics.view_note (
    view text NOT NULL,
    comment text,
    rights jsonb DEFAULT '[]'::jsonb NOT NULL,
    indexes jsonb DEFAULT '{}'::jsonb NOT NULL
);

COMMENT ON TABLE analytics.view_note IS 'What somebody added to each view, as of the last refresh: a comment, rights and indexes.';

CREATE TABLE public.artists (
    artist_address text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT artists_artist_address_indexable CHECK ((octet_length(artist_address) <= 1024)),
    CONSTRAINT artists_name_indexable CHECK ((octet_length(name) <= 1024))
);

CREATE MATERIALIZED VIEW public.mv_artist_analytics AS
 SELECT artist.artist_address,
    artist.name AS artist_name,
    COALESCE(own.total_songs, (0)::bigint) AS total_songs,
    COALESCE(own.total_plays, (0)::bigint) AS total_plays,
    artist.listeners AS unique_listeners,
    COALESCE(own.total_earnings, (0)::numeric) AS total_earnings,
        CASE
            WHEN (own.total_plays > 0) THEN (own.total_earnings / (own.total_plays)::numeric)
            ELSE (0)::numeric
        END AS avg_earning_per_play,
    own.last_play_date,
    COALESCE(own.plays_last_30_days, (0)::bigint) AS plays_last_30_days,
    COALESCE(own.plays_last_7_days, (0)::bigint) AS plays_last_7_days,
    engine.as_of AS last_refreshed
   FROM ((analytics.artist
     CROSS JOIN analytics.engine)
     LEFT JOIN ( SELECT song.artist,
            count(*) AS total_songs,
            (sum(song.plays))::bigint AS total_plays,
            sum(song.amount) AS total_earnings,
            max(song.last_played) AS last_play_date,
            (sum(song.plays_30d))::bigint AS plays_last_30_days,
            (sum(song.plays_7d))::bigint AS plays_last_7_days
           FROM analytics.song
          WHERE song.present
          GROUP BY song.artist) own USING (artist))
  WHERE artist.present
  WITH NO DATA;

CREATE MATERIALIZED VIEW public.mv_genre_stats AS
 SELECT genre.name AS genre,
    own.total_songs,
    own.total_artists,
    own.total_plays,
    own.total_earnings,
        CASE
            WHEN (own.total_plays > 0) THEN (own.total_earnings / (own.total_plays)::numeric)
            ELSE (0)::numeric
        END AS avg_earning_per_play,
    genre.listeners AS unique_listeners,
    own.plays_last_7d,
    rank() OVER (ORDER BY own.total_plays DESC) AS popularity_rank
   FROM (analytics.genre
     JOIN ( SELECT song.genre,
            count(*) AS total_songs,
            count(DISTINCT song.artist) AS total_artists,
            (sum(song.plays))::bigint AS total_plays,
            sum(song.amount) AS total_earnings,
            (sum(song.plays_7d))::bigint AS plays_last_7d
           FROM analytics.song
          WHERE (song.present AND (song.genre IS NOT NULL))
          GROUP BY song.genre) own USING (genre))
  WITH NO DATA;

CREATE MATERIALIZED VIEW public.mv_listener_activity AS
 SELECT listener_address,
    plays AS total_plays,
    songs AS unique_songs_played,
    artists AS unique_artists,
    amount AS total_spent,
    average_amount AS avg_spent_per_play,
    first_played AS first_active,
    last_played AS last_active,
    favorite_name AS favorite_genre,
    favorite_strategy,
    plays_7d AS plays_last_7d,
    plays_30d AS plays_last_30d
   FROM analytics.listener
  ORDER BY (listener_address COLLATE "C")
  WITH NO DATA;

CREATE MATERIALIZED VIEW public.mv_platform_stats AS
 SELECT artists.total_artists,
    songs.total_songs,
    songs.total_plays,
    listeners.total_listeners,
    songs.total_volume,
        CASE
            WHEN (songs.total_plays > 0) THEN (songs.total_volume / (songs.total_plays)::numeric)
            ELSE (0)::numeric
        END AS avg_payment,
    songs.songs_pay_per_stream,
    songs.songs_gift_economy,
    songs.songs_patronage,
    songs.songs_auction,
    songs.plays_last_24h,
    songs.plays_last_7d,
    songs.plays_last_30d,
    songs.new_songs_last_7d,
    songs.new_songs_last_30d
   FROM ((( SELECT count(*) FILTER (WHERE song.present) AS total_songs,
            (COALESCE(sum(song.plays), (0)::numeric))::bigint AS total_plays,
            COALESCE(sum(song.amount), (0)::numeric) AS total_volume,
            count(*) FILTER (WHERE (song.present AND (song.strategy = 'pay-per-stream'::text))) AS songs_pay_per_stream,
            count(*) FILTER (WHERE (song.present AND (song.strategy = 'gift-economy'::text))) AS songs_gift_economy,
            count(*) FILTER (WHERE (song.present AND (song.strategy = 'patronage'::text))) AS songs_patronage,
            count(*) FILTER (WHERE (song.present AND (song.strategy = 'auction'::text))) AS songs_auction,
            (COALESCE(sum(song.plays_1d), (0)::numeric))::bigint AS plays_last_24h,
            (COALESCE(sum(song.plays_7d), (0)::numeric))::bigint AS plays_last_7d,
            (COALESCE(sum(song.plays_30d), (0)::numeric))::bigint AS plays_last_30d,
            count(*) FILTER (WHERE (song.present AND (song.created_at >= (engine.as_of - '168:00:00'::interval)))) AS new_songs_last_7d,
            count(*) FILTER (WHERE (song.present AND (song.created_at >= (engine.as_of - '720:00:00'::interval)))) AS new_songs_last_30d
           FROM (analytics.engine
             LEFT JOIN analytics.song ON (true))) songs
     CROSS JOIN ( SELECT count(*) AS total_artists
           FROM analytics.artist
          WHERE artist.present) artists)
     CROSS JOIN ( SELECT count(*) AS total_listeners
           FROM analytics.listener) listeners)
  WITH NO DATA;

CREATE MATERIALIZED VIEW public.mv_song_analytics AS
 SELECT song_id,
    title,
    artist_address,
    genre_name AS genre,
    strategy,
    plays AS play_count,
    listeners AS unique_listeners,
    amount AS total_earnings,
    average_duration AS avg_play_duration,
    average_amount AS avg_earning_per_play,
    first_played,
    last_played,
    (((5 * plays_1d) + (4 * plays_7d)) + plays_30d) AS trending_score,
    plays_7d AS plays_last_7_days,
    plays_30d AS plays_last_30_days
   FROM analytics.song
  WHERE present
  ORDER BY (song_id COLLATE "C")
  WITH NO DATA;

CREATE MATERIALIZED VIEW public.mv_top_songs_week AS
 SELECT top.song_id,
    top.title,
    top.artist_address,
    artist.name AS artist_name,
    top.genre_name AS genre,
    top.plays_7d AS plays,
    rank() OVER (ORDER BY top.plays_7d DESC) AS rank
   FROM (( SELECT song.song_id,
            song.title,
            song.artist,
            song.artist_address,
            song.genre_name,
            song.plays_7d
           FROM analytics.song
          WHERE (song.present AND (song.plays_7d > 0))
          ORDER BY song.plays_7d DESC, song.song_id
         LIMIT 100) top
     LEFT JOIN analytics.artist ON (((artist.artist = top.artist) AND artist.present)))
  WITH NO DATA;

CREATE TABLE public.plays (
    id bigint NOT NULL,
    song_id text NOT NULL,
    listener_address text NOT NULL,
    played_at timestamp with time zone NOT NULL,
    duration integer NOT NULL,
    amount_paid numeric(18,8) NOT NULL,
    analytics_writer bigint DEFAULT (txid_current() + 0),
    CONSTRAINT plays_amount_paid_not_negative CHECK (((amount_paid >= (0)::numeric) AND (amount_paid <> 'NaN'::numeric))),
    CONSTRAINT plays_duration_not_negative CHECK ((duration >= 0)),
    CONSTRAINT plays_listener_address_indexable CHECK ((octet_length(listener_address) <= 1024)),
    CONSTRAINT plays_played_at_has_year CHECK (((played_at >= '0001-01-01 00:00:00+00'::timestamp with time zone) AND (played_at < '10000-01-01 00:00:00+00'::timestamp with time zone)))
)
PARTITION BY RANGE (played_at);

COMMENT ON COLUMN public.plays.analytics_writer IS 'Written by the analytics gateway: the transaction that wrote this row. Never set it yourself.';

CREATE TABLE public.plays_default (
    id bigint CONSTRAINT plays_id_not_null NOT NULL,
    song_id text CONSTRAINT plays_song_id_not_null NOT NULL,
    listener_address text CONSTRAINT plays_listener_address_not_null NOT NULL,
    played_at timestamp with time zone CONSTRAINT plays_played_at_not_null NOT NULL,
    duration integer CONSTRAINT plays_duration_not_null NOT NULL,
    amount_paid numeric(18,8) CONSTRAINT plays_amount_paid_not_null NOT NULL,
    analytics_writer bigint DEFAULT (txid_current() + 0),
    CONSTRAINT plays_amount_paid_not_negative CHECK (((amount_paid >= (0)::numeric) AND (amount_paid <> 'NaN'::numeric))),
    CONSTRAINT plays_duration_not_negative CHECK ((duration >= 0)),
    CONSTRAINT plays_listener_address_indexable CHECK ((octet_length(listener_address) <= 1024)),
    CONSTRAINT plays_played_at_has_year CHECK (((played_at >= '0001-01-01 00:00:00+00'::timestamp with time zone) AND (played_at < '10000-01-01 00:00:00+00'::timestamp with time zone)))
);

ALTER TABLE public.plays ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plays_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.songs (
    song_id text NOT NULL,
    title text NOT NULL,
    artist_address text NOT NULL,
    genre text,
    strategy text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT songs_genre_indexable CHECK ((octet_length(genre) <= 1024)),
    CONSTRAINT songs_song_id_indexable CHECK ((octet_length(song_id) <= 1024)),
    CONSTRAINT songs_strategy_known CHECK ((strategy = ANY (ARRAY['pay-per-stream'::text, 'gift-economy'::text, 'patronage'::text, 'auction'::text])))
);

ALTER TABLE ONLY public.plays ATTACH PARTITION public.plays_default DEFAULT;

ALTER TABLE ONLY analytics.active_listener
    ADD CONSTRAINT active_listener_pkey PRIMARY KEY (unit, starts_on);

ALTER TABLE ONLY analytics.artist
    ADD CONSTRAINT artist_artist_address_key UNIQUE (artist_address);

ALTER TABLE ONLY analytics.artist_listener
    ADD CONSTRAINT artist_listener_pkey PRIMARY KEY (artist, listener);

ALTER TABLE ONLY analytics.artist
    ADD CONSTRAINT artist_pkey PRIMARY KEY (artist);

ALTER TABLE ONLY analytics.chart_edition
    ADD CONSTRAINT chart_edition_chart_period_start_key UNIQUE (chart, period_start);

ALTER TABLE ONLY analytics.chart_edition
    ADD CONSTRAINT chart_edition_pkey PRIMARY KEY (chart, number);

ALTER TABLE ONLY analytics.chart_entry
    ADD CONSTRAINT chart_entry_pkey PRIMARY KEY (chart, number, song_id);

ALTER TABLE ONLY analytics.chart
    ADD CONSTRAINT chart_genre_key UNIQUE NULLS NOT DISTINCT (genre);

ALTER TABLE ONLY analytics.chart
    ADD CONSTRAINT chart_pkey PRIMARY KEY (chart);

ALTER TABLE ONLY analytics.engine
    ADD CONSTRAINT engine_pkey PRIMARY KEY (single);

ALTER TABLE ONLY analytics.genre_listener
    ADD CONSTRAINT genre_listener_pkey PRIMARY KEY (listener, genre);

ALTER TABLE ONLY analytics.genre
    ADD CONSTRAINT genre_name_key UNIQUE (name);

ALTER TABLE ONLY analytics.genre
    ADD CONSTRAINT genre_pkey PRIMARY KEY (genre);

ALTER TABLE ONLY analytics.listener
    ADD CONSTRAINT listener_listener_address_key UNIQUE (listener_address);

ALTER TABLE ONLY analytics.listener
    ADD CONSTRAINT listener_pkey PRIMARY KEY (listener);

ALTER TABLE ONLY analytics.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY analytics.published_view
    ADD CONSTRAINT published_view_pkey PRIMARY KEY (view);

ALTER TABLE ONLY analytics.refresh_ledger
    ADD CONSTRAINT refresh_ledger_generation_key UNIQUE (generation);

ALTER TABLE ONLY analytics.refresh_ledger
    ADD CONSTRAINT refresh_ledger_pkey PRIMARY KEY (id);

ALTER TABLE ONLY analytics.retired_month
    ADD CONSTRAINT retired_month_pkey PRIMARY KEY (month);

ALTER TABLE ONLY analytics.retired_play
    ADD CONSTRAINT retired_play_pkey PRIMARY KEY (song_id, listener_address);

ALTER TABLE ONLY analytics.retired_series
    ADD CONSTRAINT retired_series_pkey PRIMARY KEY (kind, key, month);

ALTER TABLE ONLY analytics.series_segment
    ADD CONSTRAINT series_segment_pkey PRIMARY KEY (kind, subject, since);

ALTER TABLE ONLY analytics.song_listener
    ADD CONSTRAINT song_listener_pkey PRIMARY KEY (song, listener);

ALTER TABLE ONLY analytics.song
    ADD CONSTRAINT song_pkey PRIMARY KEY (song);

ALTER TABLE ONLY analytics.song
    ADD CONSTRAINT song_song_id_key UNIQUE (song_id);

ALTER TABLE ONLY analytics.statement
    ADD CONSTRAINT statement_artist_address_month_key UNIQUE (artist_address, month);

ALTER TABLE ONLY analytics.statement_change
    ADD CONSTRAINT statement_change_pkey PRIMARY KEY (artist_address, song_id, month);

ALTER TABLE ONLY analytics.statement_line
    ADD CONSTRAINT statement_line_pkey PRIMARY KEY (statement, song_id, month);

ALTER TABLE ONLY analytics.statement
    ADD CONSTRAINT statement_pkey PRIMARY KEY (statement);

ALTER TABLE ONLY analytics.verification
    ADD CONSTRAINT verification_pkey PRIMARY KEY (is_only);

ALTER TABLE ONLY analytics.view_freshness
    ADD CONSTRAINT view_freshness_pkey PRIMARY KEY (view);

ALTER TABLE ONLY analytics.view_note
    ADD CONSTRAINT view_note_pkey PRIMARY KEY (view);

ALTER TABLE ONLY public.artists
    ADD CONSTRAINT artists_pkey PRIMARY KEY (artist_address);

ALTER TABLE ONLY public.plays
    ADD CONSTRAINT plays_pkey PRIMARY KEY (id, played_at);

ALTER TABLE ONLY public.plays_default
    ADD CONSTRAINT plays_default_pkey PRIMARY KEY (id, played_at);

ALTER TABLE ONLY public.songs
    ADD CONSTRAINT songs_pkey PRIMARY KEY (song_id);

CREATE INDEX chart_entry_song_id_idx ON analytics.chart_entry USING btree (song_id, chart, number);

CREATE INDEX refresh_ledger_finished_at_idx ON analytics.refresh_ledger USING btree (finished_at DESC);

CREATE INDEX retired_play_listener_address_idx ON analytics.retired_play USING btree (listener_address);

CREATE INDEX series_recent_subject_idx ON analytics.series_recent USING btree (kind, subject);

CREATE INDEX song_artist_idx ON analytics.song USING btree (artist);

CREATE INDEX song_created_at ON analytics.song USING btree (created_at);

CREATE INDEX mv_artist_analytics_artist_name_idx ON public.mv_artist_analytics USING btree (artist_name, artist_address);

CREATE UNIQUE INDEX mv_artist_analytics_key ON public.mv_artist_analytics USING btree (artist_address);

CREATE INDEX mv_artist_analytics_plays_last_7_days_idx ON public.mv_artist_analytics USING btree (plays_last_7_days DESC, artist_address);

CREATE INDEX mv_artist_analytics_total_earnings_idx ON public.mv_artist_analytics USING btree (total_earnings DESC, artist_address);

CREATE INDEX mv_artist_analytics_total_plays_idx ON public.mv_artist_analytics USING btree (total_plays DESC, artist_address);

CREATE UNIQUE INDEX mv_genre_stats_key ON public.mv_genre_stats USING btree (genre);

CREATE UNIQUE INDEX mv_listener_activity_key ON public.mv_listener_activity USING btree (listener_address);

CREATE INDEX mv_listener_activity_last_active_idx ON public.mv_listener_activity USING btree (last_active DESC, listener_address);

CREATE INDEX mv_listener_activity_total_plays_idx ON public.mv_listener_activity USING btree (total_plays DESC, listener_address);

CREATE INDEX mv_listener_activity_total_spent_idx ON public.mv_listener_activity USING btree (total_spent DESC, listener_address);

CREATE UNIQUE INDEX mv_platform_stats_key ON public.mv_platform_stats USING btree (total_artists);

CREATE INDEX mv_song_analytics_artist_address_idx ON public.mv_song_analytics USING btree (artist_address, play_count DESC, song_id);

CREATE INDEX mv_song_analytics_genre_idx ON public.mv_song_analytics USING btree (genre, trending_score DESC, song_id);

CREATE UNIQUE INDEX mv_song_analytics_key ON public.mv_song_analytics USING btree (song_id);

CREATE INDEX mv_song_analytics_play_count_idx ON public.mv_song_analytics USING btree (play_count DESC, song_id);

CREATE INDEX mv_song_analytics_trending_score_idx ON public.mv_song_analytics USING btree (trending_score DESC, song_id);

CREATE UNIQUE INDEX mv_top_songs_week_key ON public.mv_top_songs_week USING btree (song_id);

CREATE INDEX plays_analytics_writer_idx ON ONLY public.plays USING brin (analytics_writer) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX plays_default_analytics_writer_idx ON public.plays_default USING brin (analytics_writer) WITH (pages_per_range='32', autosummarize='on');

CREATE INDEX plays_listener_address_played_at_idx ON ONLY public.plays USING btree (listener_address, played_at);

CREATE INDEX plays_default_listener_address_played_at_idx ON public.plays_default USING btree (listener_address, played_at);

CREATE INDEX plays_played_at_idx ON ONLY public.plays USING btree (played_at);

CREATE INDEX plays_default_played_at_idx ON public.plays_default USING btree (played_at);

CREATE INDEX plays_song_id_played_at_idx ON ONLY public.plays USING btree (song_id, played_at);

CREATE INDEX plays_default_song_id_played_at_idx ON public.plays_default USING btree (song_id, played_at);

CREATE INDEX songs_artist_address_idx ON public.songs USING btree (artist_address);

ALTER INDEX public.plays_analytics_writer_idx ATTACH PARTITION public.plays_default_analytics_writer_idx;

ALTER INDEX public.plays_listener_address_played_at_idx ATTACH PARTITION public.plays_default_listener_address_played_at_idx;

ALTER INDEX public.plays_pkey ATTACH PARTITION public.plays_default_pkey;

ALTER INDEX public.plays_played_at_idx ATTACH PARTITION public.plays_default_played_at_idx;

ALTER INDEX public.plays_song_id_played_at_idx ATTACH PARTITION public.plays_default_song_id_played_at_idx;

CREATE TRIGGER analytics_closed BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.chart FOR EACH STATEMENT EXECUTE FUNCTION analytics.refuse_to_change_editions();

CREATE TRIGGER analytics_closed BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.chart_edition FOR EACH STATEMENT EXECUTE FUNCTION analytics.refuse_to_change_editions();

CREATE TRIGGER analytics_closed BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.chart_entry FOR EACH STATEMENT EXECUTE FUNCTION analytics.refuse_to_change_editions();

CREATE TRIGGER statement_is_final BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.statement FOR EACH STATEMENT EXECUTE FUNCTION analytics.refuse_statement_change();

ALTER TABLE analytics.statement ENABLE ALWAYS TRIGGER statement_is_final;

CREATE TRIGGER statement_is_final BEFORE DELETE OR UPDATE OR TRUNCATE ON analytics.statement_line FOR EACH STATEMENT EXECUTE FUNCTION analytics.refuse_statement_change();

ALTER TABLE analytics.statement_line ENABLE ALWAYS TRIGGER statement_is_final;

CREATE TRIGGER analytics_queue_delete AFTER DELETE ON public.plays FOR EACH ROW EXECUTE FUNCTION analytics.queue_play();

ALTER TABLE public.plays ENABLE ALWAYS TRIGGER analytics_queue_delete;

CREATE TRIGGER analytics_queue_unstamped AFTER UPDATE ON public.plays FOR EACH ROW WHEN (((NOT (old.analytics_writer IS DISTINCT FROM new.analytics_writer)) AND ((old.song_id IS DISTINCT FROM new.song_id) OR (old.listener_address IS DISTINCT FROM new.listener_address) OR (old.played_at IS DISTINCT FROM new.played_at) OR (old.duration IS DISTINCT FROM new.duration) OR (old.amount_paid IS DISTINCT FROM new.amount_paid)))) EXECUTE FUNCTION analytics.notice_unstamped_play();

ALTER TABLE public.plays ENABLE ALWAYS TRIGGER analytics_queue_unstamped;

CREATE TRIGGER analytics_queue_update AFTER UPDATE ON public.plays FOR EACH ROW WHEN ((old.analytics_writer IS DISTINCT FROM new.analytics_writer)) EXECUTE FUNCTION analytics.queue_play();

ALTER TABLE public.plays ENABLE ALWAYS TRIGGER analytics_queue_update;

CREATE TRIGGER analytics_stamp BEFORE UPDATE ON public.plays FOR EACH ROW WHEN (((old.analytics_writer IS DISTINCT FROM new.analytics_writer) OR (old.song_id IS DISTINCT FROM new.song_id) OR (old.listener_address IS DISTINCT FROM new.listener_address) OR (old.played_at IS DISTINCT FROM new.played_at) OR (old.duration IS DISTINCT FROM new.duration) OR (old.amount_paid IS DISTINCT FROM new.amount_paid))) EXECUTE FUNCTION analytics.stamp_play('0');

ALTER TABLE public.plays ENABLE ALWAYS TRIGGER analytics_stamp;

CREATE TRIGGER analytics_stamp_insert BEFORE INSERT ON public.plays FOR EACH ROW WHEN ((new.analytics_writer IS DISTINCT FROM (txid_current() + 0))) EXECUTE FUNCTION analytics.stamp_play('0');

ALTER TABLE public.plays ENABLE ALWAYS TRIGGER analytics_stamp_insert;

CREATE TRIGGER analytics_truncate BEFORE TRUNCATE ON public.plays FOR EACH STATEMENT EXECUTE FUNCTION analytics.request_rebuild();

ALTER TABLE public.plays ENABLE ALWAYS TRIGGER analytics_truncate;

CREATE TRIGGER analytics_truncate BEFORE TRUNCATE ON public.plays_default FOR EACH STATEMENT EXECUTE FUNCTION analytics.request_rebuild();

ALTER TABLE public.plays_default ENABLE ALWAYS TRIGGER analytics_truncate;

ALTER TABLE public.plays
    ADD CONSTRAINT plays_song_id_fkey FOREIGN KEY (song_id) REFERENCES public.songs(song_id);

ALTER TABLE ONLY public.songs
    ADD CONSTRAINT songs_artist_address_fkey FOREIGN KEY (artist_address) REFERENCES public.artists(artist_address);
