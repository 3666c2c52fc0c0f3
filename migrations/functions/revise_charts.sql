-- charts, numbers: the editions, pair by pair. Only their weeks are read, once each. The plays are those that the last refresh
-- counted: what its snapshot could see, and the old rows of what was changed since. Stable, so that all is read at one moment.
create or replace function analytics.revise_charts(charts int[], numbers int[])
returns table (chart int, number int, song_id text, plays bigint, rank int)
language plpgsql stable set search_path from current set plan_cache_mode = force_custom_plan set jit = off as $$
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

comment on function analytics.revise_charts(int[], int[]) is
  'What the entries of closed editions would be by the plays and genres of the last refresh; nothing for weeks of which that cannot be told.';
