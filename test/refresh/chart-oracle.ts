import type { Session } from './engine.js';

/** The plays with what a chart shows of their songs, by the Friday at which the week of each began. */
const playsByWeek = `
  play as (
    select plays.song_id::text, plays.listener_address::text, plays.amount_paid, songs.title::text, songs.genre::text,
      songs.artist_address::text, artists.name::text as artist_name,
      date_trunc('week', plays.played_at + interval '72 hours', 'UTC') - interval '72 hours' as week
    from plays join songs using (song_id) left join artists using (artist_address)
    where plays.played_at >= '0001-01-05Z' and plays.played_at < '9999-12-31Z'
  )`;

/** Every week of every chart in plain terms of the three tables. */
const rankedSongs = `
  ${playsByWeek}, counted as (
    select chart, week, song_id, title, artist_address, artist_name, count(*) as plays, count(distinct listener_address) as listeners,
      sum(amount_paid) as earnings
    from (select null as chart, play.* from play union all select genre, play.* from play where genre is not null) charted
    group by chart, week, song_id, title, artist_address, artist_name
  ), ranked as (
    select *, rank() over (partition by chart, week order by plays desc) as rank,
      row_number() over (partition by chart, week order by plays desc, song_id) as place
    from counted
  )`;

const everyRevision = `analytics.revise_charts(
  array(select chart from analytics.chart_edition order by chart, number), array(select number from analytics.chart_edition order by chart, number))`;

/**
 * Where revised figures differ from those at the last refresh although none came since, as text. To be called before a refresh
 * on the session that `findChartDifferences` was called on.
 */
export async function findRevisionDifferences(session: Session): Promise<string[]> {
  await makeSeenTables(session);
  return differencesOf(
    session,
    `with given as materialized (select * from ${everyRevision}), refused as (
       select chart, number from analytics.chart_edition where analytics.reason_not_to_revise(period_start) is not null
     ), comparable as (
       select from analytics.engine where generation = (select max(generation) from seen_refresh)
     )
     (select 'revised between refreshes: ' || row::text as difference from (select * from given except all select * from seen_revision) row
       where exists (select from comparable) limit 3)
     union all (select 'no longer revised: ' || row::text from (select * from seen_revision except all select * from given) row
       where exists (select from comparable) and (chart, number) not in (select chart, number from refused) limit 3)`,
  );
}

/**
 * What is wrong with the charts after a refresh in the same transaction, as text: closed editions that have changed, entries
 * closed by this refresh and revised figures that differ from the tables, and memory that does not follow from the editions.
 */
export async function findChartDifferences(session: Session, asOf: string): Promise<string[]> {
  await makeSeenTables(session);
  const differences = await differencesOf(
    session,
    `with ${rankedSongs}, expected as (
      select chart, week, song_id, title, artist_address, artist_name, plays, listeners, earnings, rank from ranked
      where place <= 100 and week + interval '168 hours' <= $1::timestamptz and week >= coalesce((select max(closed_until) from seen_refresh), '-infinity')
    ), entry as (
      select genre, period_start as week, entry.*
      from analytics.chart_entry entry join analytics.chart_edition using (chart, number) join analytics.chart using (chart)
    ), closed as (
      select genre, week, song_id, song_title, artist_address, artist_name, plays, unique_listeners, earnings, rank::bigint from entry
      where (chart, number) not in (select chart, number from seen_edition)
    ), comparable as (
      -- Not where other refreshes came between.
      select from analytics.engine where generation = coalesce((select max(generation) from seen_refresh), 0) + 1
    ), given as (
      select chart, number, song_id, rank, previous_rank, last_rank, peak_rank, editions_on_chart, streak, status from analytics.chart_entry
    ), derived as (
      select chart, number, song_id, rank, previous_rank, last_rank, peak_rank, editions_on_chart,
        (row_number() over (partition by chart, song_id, number - editions_on_chart order by number))::int as streak,
        case when last_rank is null then 'NEW' when previous_rank is null then 'RE_ENTRY' when previous_rank > rank then 'UP'
          when previous_rank < rank then 'DOWN' else 'SAME' end as status
      from (
        select each.chart, each.number, each.song_id, each.rank, before.rank as previous_rank, lag(each.rank) over history as last_rank,
          min(each.rank) over history as peak_rank, (count(*) over history)::int as editions_on_chart
        from analytics.chart_entry each
        left join analytics.chart_entry before
          on before.chart = each.chart and before.number = each.number - 1 and before.song_id = each.song_id
        window history as (partition by each.chart, each.song_id order by each.number)
      ) remembered
    ), revision as materialized (
      select * from ${everyRevision}
    ), revised as (
      select entry.chart, number, entry.song_id, coalesce(ranked.plays, 0) as plays, ranked.rank::int
      from entry left join ranked on ranked.chart is not distinct from entry.genre and ranked.week = entry.week and ranked.song_id = entry.song_id
    )
    (select 'changed edition: ' || row::text as difference from (select * from seen_edition except all select * from analytics.chart_edition) row limit 3)
    union all (select 'changed entry: ' || row::text from (select * from seen_entry except all select * from analytics.chart_entry) row limit 3)
    union all (select 'added entry: ' || row::text from (select * from analytics.chart_entry except all select * from seen_entry) row
      where (chart, number) in (select chart, number from seen_edition) limit 3)
    union all (select 'closed: ' || row::text from (select * from closed except all select * from expected) row
      where exists (select from comparable) limit 3)
    union all (select 'to be closed: ' || row::text from (select * from expected except all select * from closed) row
      where exists (select from comparable) limit 3)
    union all (select 'memory given: ' || row::text from (select * from given except all select * from derived) row limit 3)
    union all (select 'memory expected: ' || row::text from (select * from derived except all select * from given) row limit 3)
    union all (select 'numbered: ' || row::text from (
        select chart, number, row_number() over (partition by chart order by period_start) as place from analytics.chart_edition) row
      where number <> place limit 3)
    union all (select 'revised: ' || row::text from (select * from revision except all select * from revised) row limit 3)
    union all (select 'to be revised: ' || row::text from (select * from revised except all select * from revision) row limit 3)`,
    [asOf],
  );
  await session.query(`
    truncate seen_edition, seen_entry, seen_revision;
    insert into seen_edition select * from analytics.chart_edition;
    insert into seen_entry select * from analytics.chart_entry;
    insert into seen_revision select * from ${everyRevision}`);
  await session.query(
    `with ${playsByWeek}, past as (
       select date_trunc('week', $1::timestamptz + interval '72 hours', 'UTC') - interval '72 hours' as until
     )
     insert into seen_refresh
     select generation, case
       when exists (select from seen_refresh where closed_until is not null) or exists (select from play where play.week < past.until) then past.until
     end
     from analytics.engine cross join past`,
    [asOf],
  );
  return differences;
}

/** What was seen at the last comparison. */
async function makeSeenTables(session: Session): Promise<void> {
  await session.query(`
    create temporary table if not exists seen_edition as select * from analytics.chart_edition with no data;
    create temporary table if not exists seen_entry as select * from analytics.chart_entry with no data;
    create temporary table if not exists seen_refresh (generation bigint, closed_until timestamptz);
    create temporary table if not exists seen_revision (chart int, number int, song_id text, plays bigint, rank int)`);
}

async function differencesOf(session: Session, sql: string, values?: readonly unknown[]): Promise<string[]> {
  const rows = await session.query<{ difference: string }>(sql, values);
  return rows.map((row) => row.difference);
}
