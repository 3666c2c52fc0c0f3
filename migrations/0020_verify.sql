-- Whether the published views are the truth. The plain definitions are counted over the plays that the last reading
-- saw: those whose writer its snapshot could see, and the old images of those that were changed since. So it is exact
-- while plays keep coming, and it finds what slipped past the capture: rows that vanished, appeared or changed
-- without a trigger. For large data a random sample of songs and listeners is counted instead of all.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

create function analytics.list_bypasses() returns setof text
language plpgsql set search_path from current as $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine;
  return query
    select format('the trigger %s is missing on %s', wanted.name, 'plays'::regclass)
    from unnest(array['analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete', 'analytics_truncate']) wanted (name)
    where not exists (select from pg_trigger where tgrelid = 'plays'::regclass and tgname = wanted.name);
  return query
    select format('the trigger %s of %s %s', tgname, tgrelid::regclass,
      case tgenabled when 'D' then 'is disabled' else 'does not fire for sessions in the replica role' end)
    from pg_trigger
    where tgname in ('analytics_stamp', 'analytics_queue_update', 'analytics_queue_delete', 'analytics_truncate') and tgenabled <> 'A'
      and (tgrelid = 'plays'::regclass or tgrelid in (select relid from pg_partition_tree('plays'::regclass)));
  return query
    select format('the partition %s does not notice TRUNCATE', relid) from pg_partition_tree('plays'::regclass)
    where not exists (select from pg_trigger where tgrelid = relid and tgname = 'analytics_truncate');
  return query
    select format('the column analytics_writer of %s has no default that captures inserts', attrelid::regclass)
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attname = 'analytics_writer' and (attrelid = 'plays'::regclass or attrelid in (select relid from pg_partition_tree('plays'::regclass)))
      and coalesce(pg_get_expr(adbin, adrelid), '') not like '%txid_current()%';
  if known.seen is not null and not known.partitions <@ analytics.current_partitions() then
    return next 'a partition of plays was detached or dropped since the last refresh; the next refresh rebuilds';
  end if;
  if known.seen is not null and analytics.reason_to_rebuild(known) is not null then
    return next analytics.reason_to_rebuild(known) || '; the next refresh rebuilds';
  end if;
  if current_setting('session_replication_role') <> 'origin' then
    return next format('this session runs in the replication role %s', current_setting('session_replication_role'));
  end if;
end
$$;
comment on function analytics.list_bypasses() is 'Everything that would let changes of plays slip past the capture.';

-- sample: how many songs and listeners to count; null counts everything.
create function analytics.verify(sample int default null) returns jsonb
language plpgsql set search_path from current set jit = off set work_mem = '128MB' set timezone = 'UTC' as $$
declare
  known analytics.engine;
  differences jsonb;
  bypasses jsonb;
begin
  -- Held to the end, so that the views stay the ones that are compared.
  select * into known from analytics.engine for update;
  if known.seen is null then
    raise exception 'the views were never filled' using errcode = 'object_not_in_prerequisite_state', hint = 'Refresh first.';
  end if;
  perform analytics.close_work_tables();
  perform analytics.read_what_was_counted(known, sample);
  select coalesce(jsonb_agg(jsonb_build_object('view', view, 'key', key, 'published', published, 'expected', expected)), '[]')
  into differences from (select * from analytics.compare_views(known.as_of, sample is not null) limit 50) found;
  select coalesce(jsonb_agg(bypass), '[]') into bypasses from analytics.list_bypasses() bypass;
  drop table pg_temp.verify_song, pg_temp.verify_listener, pg_temp.verify_play;
  return jsonb_build_object('ok', differences = '[]' and bypasses = '[]', 'generation', known.generation, 'asOf', known.as_of,
    'sample', sample, 'differences', differences, 'bypasses', bypasses,
    'advice', case when differences <> '[]' then 'select analytics.rebuild()' when bypasses <> '[]' then 'select analytics.capture_from(' || known.writer_offset || ')' end);
end
$$;
comment on function analytics.verify(int) is 'Compares the views with the plain definitions over the plays; says what differs and what slips past the capture.';

-- The plays in one statement, because in READ COMMITTED the next one would see other plays.
create function analytics.read_what_was_counted(known analytics.engine, sample int) returns void
language plpgsql set search_path from current set client_min_messages = warning as $$
declare
  beyond constant bigint := pg_snapshot_xmax(known.seen)::text::bigint + known.writer_offset;
  in_flight constant bigint[] := array(select id::text::bigint + known.writer_offset from pg_snapshot_xip(known.seen) id)
    || (known.own_writer + known.writer_offset);
  -- Also addresses and songs that the engine has never heard of must have a chance to be found.
  songs_chosen constant text := case when sample is null then 'true' else 'song_id in (select song_id from pg_temp.verify_song)' end;
  listeners_chosen constant text := case when sample is null then 'false' else 'listener_address in (select listener_address from pg_temp.verify_listener)' end;
begin
  create temporary table verify_song on commit drop as
  select song_id::text as song_id from songs order by case when sample is null then 0 else random() end limit sample;
  create temporary table verify_listener on commit drop as
  select listener_address from analytics.listener order by case when sample is null then 0 else random() end limit sample;
  analyze pg_temp.verify_song, pg_temp.verify_listener;
  create temporary table verify_play (song_id text, listener_address text, plays bigint, duration bigint, amount numeric,
    plays_1d bigint, plays_7d bigint, plays_30d bigint, first_played timestamptz, last_played timestamptz) on commit drop;
  execute format('
    insert into pg_temp.verify_play
    select song_id, listener_address, sum(plays), sum(duration), sum(amount), sum(plays_1d), sum(plays_7d), sum(plays_30d), min(first_played), max(last_played)
    from (
      select song_id::text, listener_address::text, 1 as plays, duration, amount_paid as amount,
        (played_at >= $3 - interval ''24 hours'')::int as plays_1d, (played_at >= $3 - interval ''168 hours'')::int as plays_7d,
        (played_at >= $3 - interval ''720 hours'')::int as plays_30d, played_at as first_played, played_at as last_played
      from (
        select song_id, listener_address, duration, amount_paid, played_at, analytics_writer from plays where %1$s
        union all
        select song_id, listener_address, duration, amount_paid, played_at, analytics_writer from plays where %2$s and not (%1$s)
        union all
        select song_id, listener_address, duration, amount_paid, played_at, writer from analytics.play_queue where %1$s or %2$s
      ) play
      where analytics_writer is null or (analytics_writer < $1 and analytics_writer <> all ($2))
      union all
      select song_id, listener_address, plays, duration, amount, 0, 0, 0, first_played, last_played from analytics.retired_play where %1$s or %2$s
    ) counted group by 1, 2', songs_chosen, listeners_chosen) using beyond, in_flight, known.as_of;
  analyze pg_temp.verify_play;
end
$$;
comment on function analytics.read_what_was_counted(analytics.engine, int) is 'The plays behind the published views, or those of a sample.';

-- The plain definitions, over the plays that were read above and the dimensions that were published with them.
create function analytics.list_plain_definitions() returns table (view text, key text, definition text) language sql immutable as $$
  values
  ('mv_artist_analytics', 'artist_address', '
    select artist.artist_address, artist.name as artist_name,
      (select count(*) from analytics.song where song.present and song.artist_address = artist.artist_address) as total_songs,
      coalesce(sum(play.plays), 0)::bigint as total_plays, count(distinct play.listener_address) as unique_listeners,
      coalesce(sum(play.amount), 0) as total_earnings, coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_earning_per_play,
      max(play.last_played) as last_play_date, coalesce(sum(play.plays_30d), 0)::bigint as plays_last_30_days,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7_days, $1 as last_refreshed
    from analytics.artist left join analytics.song on song.artist_address = artist.artist_address and song.present
    left join pg_temp.verify_play play on play.song_id = song.song_id
    where artist.present group by artist.artist_address, artist.name'),
  ('mv_song_analytics', 'song_id', '
    select song.song_id, song.title, song.artist_address, song.genre_name as genre, song.strategy,
      coalesce(sum(play.plays), 0)::bigint as play_count, count(distinct play.listener_address) as unique_listeners,
      coalesce(sum(play.amount), 0) as total_earnings, coalesce(sum(play.duration) / sum(play.plays)::bigint, 0) as avg_play_duration,
      coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_earning_per_play,
      min(play.first_played) as first_played, max(play.last_played) as last_played,
      coalesce(sum(10 * play.plays_1d + 5 * (play.plays_7d - play.plays_1d) + (play.plays_30d - play.plays_7d)), 0)::bigint as trending_score,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7_days, coalesce(sum(play.plays_30d), 0)::bigint as plays_last_30_days
    from analytics.song left join pg_temp.verify_play play on play.song_id = song.song_id
    where song.present and ($2 is not true or song.song_id in (select song_id from pg_temp.verify_song))
    group by song.song_id, song.title, song.artist_address, song.genre_name, song.strategy'),
  ('mv_platform_stats', 'total_artists', '
    select (select count(*) from analytics.artist where present) as total_artists, songs.total_songs,
      coalesce(sum(play.plays), 0)::bigint as total_plays, count(distinct play.listener_address) as total_listeners,
      coalesce(sum(play.amount), 0) as total_volume, coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_payment,
      songs.pay_per_stream, songs.gift_economy, songs.patronage, songs.auction, coalesce(sum(play.plays_1d), 0)::bigint as plays_last_24h,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7d, coalesce(sum(play.plays_30d), 0)::bigint as plays_last_30d,
      songs.new_7d, songs.new_30d
    from (select count(*) as total_songs, count(*) filter (where strategy = ''pay-per-stream'') as pay_per_stream,
        count(*) filter (where strategy = ''gift-economy'') as gift_economy, count(*) filter (where strategy = ''patronage'') as patronage,
        count(*) filter (where strategy = ''auction'') as auction, count(*) filter (where created_at >= $1 - interval ''168 hours'') as new_7d,
        count(*) filter (where created_at >= $1 - interval ''720 hours'') as new_30d
      from analytics.song where present) songs
    left join pg_temp.verify_play play on true
    group by songs.total_songs, songs.pay_per_stream, songs.gift_economy, songs.patronage, songs.auction, songs.new_7d, songs.new_30d'),
  ('mv_top_songs_week', 'song_id', '
    select song.song_id, song.title, song.artist_address, artist.name as artist_name, song.genre_name as genre, sum(play.plays_7d)::bigint as plays,
      rank() over (order by sum(play.plays_7d) desc) as rank
    from pg_temp.verify_play play join analytics.song on song.song_id = play.song_id and song.present
    left join analytics.artist on artist.artist_address = song.artist_address and artist.present
    group by song.song_id, song.title, song.artist_address, artist.name, song.genre_name
    having sum(play.plays_7d) > 0 order by sum(play.plays_7d) desc, song.song_id limit 100'),
  ('mv_listener_activity', 'listener_address', '
    select listener_address, sum(play.plays)::bigint as total_plays, count(distinct play.song_id) as unique_songs_played,
      count(distinct song.artist_address) as unique_artists, sum(amount_paid) as total_spent, sum(amount_paid) / sum(play.plays)::bigint as avg_spent_per_play,
      min(first) as first_active, max(last) as last_active,
      (select genre_name from pg_temp.verify_play p join analytics.song s on s.song_id = p.song_id
        where p.listener_address = play.listener_address and s.genre_name is not null
        group by genre_name order by sum(p.plays) desc, genre_name collate "C" limit 1) as favorite_genre,
      (select s.strategy from pg_temp.verify_play p join analytics.song s on s.song_id = p.song_id
        where p.listener_address = play.listener_address and s.strategy is not null
        group by s.strategy order by sum(p.plays) desc, s.strategy collate "C" limit 1) as favorite_strategy,
      sum(week)::bigint as plays_last_7d, sum(month)::bigint as plays_last_30d
    from (select listener_address, song_id, plays, amount as amount_paid, first_played as first, last_played as last, plays_7d as week, plays_30d as month
      from pg_temp.verify_play where $2 is not true or listener_address in (select listener_address from pg_temp.verify_listener)) play
    left join analytics.song on song.song_id = play.song_id
    group by listener_address'),
  ('mv_genre_stats', 'genre', '
    select song.genre_name as genre, count(distinct song.song_id) as total_songs, count(distinct song.artist_address) as total_artists,
      coalesce(sum(play.plays), 0)::bigint as total_plays, coalesce(sum(play.amount), 0) as total_earnings,
      coalesce(sum(play.amount) / sum(play.plays)::bigint, 0) as avg_earning_per_play, count(distinct play.listener_address) as unique_listeners,
      coalesce(sum(play.plays_7d), 0)::bigint as plays_last_7d, rank() over (order by coalesce(sum(play.plays), 0) desc) as popularity_rank
    from analytics.song left join pg_temp.verify_play play on play.song_id = song.song_id
    where song.present and song.genre_name is not null group by song.genre_name')
$$;
comment on function analytics.list_plain_definitions() is 'Each view in plain terms of the plays; $1 is the instant, $2 whether only the sample counts.';

-- A sample can say nothing about artists, genres, the week and the platform, which are sums over all songs.
create function analytics.compare_views(as_of timestamptz, is_sample boolean)
returns table (view text, key text, published text, expected text)
language plpgsql set search_path from current as $$
declare
  plain record;
begin
  for plain in select * from analytics.list_plain_definitions() loop
    continue when is_sample and plain.view not in ('mv_song_analytics', 'mv_listener_activity');
    return query execute format('
      with expected as materialized (%1$s), published as materialized (select * from %2$I %4$s),
        surplus as (select * from published except all select * from expected),
        missing as (select * from expected except all select * from published)
      select %5$L, coalesce(surplus.%3$I, missing.%3$I)::text, surplus::text, missing::text
      from surplus full join missing using (%3$I)',
      plain.definition, plain.view, plain.key,
      case when is_sample then format('where %1$I in (select %1$I from pg_temp.%2$I)', plain.key,
        case plain.view when 'mv_song_analytics' then 'verify_song' else 'verify_listener' end) else '' end,
      plain.view) using as_of, is_sample;
  end loop;
end
$$;
comment on function analytics.compare_views(timestamptz, boolean) is 'Rows in which a view differs from its plain definition.';
