-- An entry of a B-tree has room for 2,704 bytes. A text that is longer was taken by the tables of the user, where it is
-- not indexed (a genre, an artist's name), and then kept every refresh from being published. Our own tables refuse such
-- texts now: 1,024 bytes, so that two of them and a number fit beside each other however badly they compress. They
-- refuse times too that have no year of four digits, as 'infinity', which no reader of the views could hold. An adopted
-- table belongs to its user and gets no rule; there a refresh that fails because of it says which row is the reason.

select set_config('search_path', format('%I, pg_temp', current_schema()), true);

do $$
declare
  -- What this gateway made is younger than its record of migrations, and what it adopted is older.
  begun constant oid := coalesce(to_regclass('analytics.migrations')::oid, 'analytics'::regnamespace::oid);
  rule record;
  has_rows boolean;
begin
  for rule in
    select * from (values
      ('artists', null, 'artists_artist_address_indexable', 'octet_length(artist_address) <= 1024'),
      ('artists', null, 'artists_name_indexable', 'octet_length(name) <= 1024'),
      ('songs', 'songs_strategy_known', 'songs_song_id_indexable', 'octet_length(song_id) <= 1024'),
      ('songs', 'songs_strategy_known', 'songs_genre_indexable', 'octet_length(genre) <= 1024'),
      ('plays', 'plays_duration_not_negative', 'plays_listener_address_indexable', 'octet_length(listener_address) <= 1024'),
      ('plays', 'plays_duration_not_negative', 'plays_played_at_has_year',
        'played_at >= ''0001-01-01 00:00:00+00'' and played_at < ''10000-01-01 00:00:00+00''')
    ) rule (owner, made_with, name, promise)
    where owner::regclass::oid > begun
      -- In a restored dump the order says nothing, but an adopted table never got this constraint, or never checked.
      and (made_with is null or exists (
        select from pg_constraint where conrelid = owner::regclass and conname = made_with and convalidated))
  loop
    -- Rows that are there already are left alone and keep nobody from migrating.
    execute format('select exists (select from %I)', rule.owner) into has_rows;
    execute format('alter table %I add constraint %I check (%s) %s', rule.owner, rule.name, rule.promise,
      case when has_rows then 'not valid' else '' end);
  end loop;
end
$$;

-- The whole refresh within one block: it is undone to the beginning of it, and what comes out is the reason.
create function analytics.refresh_or_explain(trigger text, at timestamptz, known analytics.engine, forced_reason text) returns jsonb
language plpgsql set search_path from current as $$
declare
  culprits text;
begin
  return analytics.run_refresh(trigger, at, known, forced_reason);
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
comment on function analytics.refresh_or_explain(text, timestamptz, analytics.engine, text) is 'A refresh whose error names the rows that no index can hold.';

-- As before, but with the reason.
create or replace function analytics.refresh(trigger text default 'sql', at timestamptz default null, wait boolean default false) returns jsonb
language plpgsql set search_path from current as $$
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
  -- Whoever waited gets the result of the one that was running, unless that one failed.
  if wait and known.generation > before then return analytics.describe_refresh('joined', known.generation); end if;
  return analytics.refresh_or_explain(trigger, at, known, null);
end
$$;

create or replace function analytics.rebuild(trigger text default 'sql', at timestamptz default null) returns jsonb
language plpgsql set search_path from current as $$
declare
  known analytics.engine;
begin
  select * into known from analytics.engine for update;
  return analytics.refresh_or_explain(trigger, at, known, 'asked for');
end
$$;
