-- Without nested loops, because how many songs and listeners a week has cannot be estimated.
-- beyond, in_flight: the writers that this refresh could not see, from `beyond` on and besides. Of what was changed since it
-- read the plays, the old rows are in the queue.
create or replace function analytics.close_chart_week(
  week timestamptz, beyond bigint, in_flight bigint[], closed_at timestamptz, generation bigint, is_backfilled boolean
) returns void language plpgsql set search_path from current set plan_cache_mode = force_custom_plan
  set enable_nestloop = off as $$
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

comment on function analytics.close_chart_week(timestamptz, bigint, bigint[], timestamptz, bigint, boolean) is 'Writes the editions of one week: that of all songs and those of the genres.';
