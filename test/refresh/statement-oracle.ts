import type { Session } from './engine.js';
import { findNewestRows } from './oracle.js';

/** The closed statements by their numbers, each with its lines as a digest. */
export type ClosedStatements = ReadonlyMap<string, string>;

export interface StatementFindings {
  readonly differences: readonly string[];
  readonly closed: ClosedStatements;
}

/**
 * Where statements differ from the plays, as text: those that are closed and the open one together against the plays of each
 * artist, song and month, and against the totals of the view; the songs of statements that this refresh closed against the
 * plays of their months; and statements that were closed `before` and are others now. Adopted plays may be stamped infinity,
 * which counts in the first or the last month.
 */
export async function findStatementDifferences(
  session: Session,
  before: ClosedStatements,
): Promise<StatementFindings> {
  const newest = await findNewestRows(session);
  const rows = await session.query<{ difference: string }>(`
    with play as (
      select songs.artist_address::text, plays.song_id::text, songs.title::text, songs.strategy::text, played.month, count(*) as plays,
        sum(plays.amount_paid) as earnings
      from plays join songs using (song_id)
      cross join lateral (
        select case when plays.played_at < '0001-01-01Z' then date '0001-01-01' when plays.played_at >= '9999-12-01Z' then '9999-12-01'
          else date_trunc('month', plays.played_at at time zone 'UTC')::date end as month
      ) played
      where songs.artist_address is not null
      group by 1, 2, 3, 4, 5
    ), open as (
      select known.artist_address, line.*
      from (
        select artist_address from play union select artist_address from analytics.statement
        union select artist_address from analytics.statement_change
      ) known
      cross join lateral analytics.list_statement_lines(known.artist_address, analytics.open_month()) line
    ), booked as (
      select statement.artist_address, statement.month as closed, statement.generation, line.*
      from analytics.statement join analytics.statement_line line using (statement)
    ), given as (
      select artist_address, song_id, month, sum(plays) as plays, sum(earnings) as earnings
      from (
        select artist_address, song_id, month, plays, earnings from booked
        union all select artist_address, song_id, month, plays, earnings from open
      ) line
      group by 1, 2, 3 having sum(plays) <> 0 or sum(earnings) <> 0
    ), expected as (
      select artist_address, song_id, least(month, analytics.open_month()) as month, sum(plays) as plays, sum(earnings) as earnings
      from play group by 1, 2, 3
    ), total as (
      select artist_address, sum(plays) as plays, sum(earnings) as earnings
      from (
        select artist_address, plays + adjusted_plays as plays, earnings + adjusted_earnings as earnings from analytics.statement
        union all select artist_address, plays, earnings from open
      ) part
      group by 1
    ), own as (
      select artist_address, song_id, month, song_title, strategy, plays::bigint, earnings
      from booked where month = closed and generation = (select generation from analytics.engine)
    ), own_expected as (
      select artist_address, song_id, month, title, strategy, plays, earnings
      from play
      where (artist_address, month) in (
        select artist_address, month from analytics.statement where generation = (select generation from analytics.engine))
    )
    (select 'statements published: ' || row::text as difference from (select * from given except all select * from expected) row limit 3)
    union all (select 'statements expected: ' || row::text from (select * from expected except all select * from given) row limit 3)
    union all (select 'closed: ' || row::text from (select * from own except all select * from own_expected) row limit 3)
    union all (select 'to close: ' || row::text from (select * from own_expected except all select * from own) row limit 3)
    union all (
      select 'total of statements: ' || artist_address || ' ' || coalesce(total, row(artist_address, 0, 0))::text
      from (select artist_address, total_plays, total_earnings from ${newest('mv_artist_analytics')}) view left join total using (artist_address)
      where view.total_plays <> coalesce(total.plays, 0) or view.total_earnings <> coalesce(total.earnings, 0) limit 3)`);
  const statements = await session.query<{ statement: string; digest: string }>(`
    select statement::text, md5(concat_ws(' ', statement::text, lines.text)) as digest
    from analytics.statement
    cross join lateral (
      select string_agg(line::text, ' ' order by song_id, month) as text from analytics.statement_line line where line.statement = statement.statement
    ) lines`);
  const closed = new Map(statements.map(({ statement, digest }) => [statement, digest]));
  const changed = [...before].filter(([statement, digest]) => closed.get(statement) !== digest);
  return {
    differences: [
      ...rows.map((row) => row.difference),
      ...changed.slice(0, 3).map(([statement]) => `the closed statement ${statement} has changed`),
    ],
    closed,
  };
}
