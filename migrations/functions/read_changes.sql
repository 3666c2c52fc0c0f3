-- known: what the last refresh left. until: the instant of this one. artists, songs: how many there are.
create or replace function analytics.read_changes(
  known analytics.engine, until timestamptz, out seen pg_snapshot, out is_own boolean, out rebuild_reason text, out artists bigint, out songs bigint)
language plpgsql set search_path from current as $$
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
$$;

comment on function analytics.read_changes(analytics.engine, timestamptz) is 'Reads what changed since the last refresh into the work tables, in one statement.';
