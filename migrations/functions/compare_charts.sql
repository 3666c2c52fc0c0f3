create or replace function analytics.compare_charts() returns table (view text, key text, published text, expected text)
language sql set search_path = pg_catalog, pg_temp as $$
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

comment on function analytics.compare_charts() is 'Entries of closed editions whose ranks and memory do not follow from their plays and from the editions before.';
