-- sample: how many songs and listeners to count; null counts everything.
create or replace function analytics.verify(sample int default null) returns jsonb
language plpgsql set search_path from current set row_security = off set jit = off set work_mem = '128MB' set timezone = 'UTC' as $$
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

comment on function analytics.verify(int) is 'Compares the views with the plain definitions over the plays, and closed charts with each other; says what differs and what slips past the capture.';
