import type { Session } from './engine.js';
import { findNewestRows } from './oracle.js';

export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
] as const;
export const units = ['hour', 'day', 'week', 'month', 'year'] as const;

export interface Buckets {
  readonly zone: (typeof zones)[number];
  readonly unit: (typeof units)[number];
}

/**
 * Where the series of all subjects differ from the plays grouped by `date_trunc`, as text: in every bucket, in their sums
 * against the six views, and in the counts of active listeners. One statement, so that all is read at one moment. Adopted
 * plays may be stamped infinity, which no bucket holds.
 */
export async function findSeriesDifferences(session: Session, { zone, unit }: Buckets): Promise<string[]> {
  const newest = await findNewestRows(session);
  const rows = await session.query<{ difference: string }>(
    `
    with play as (
      select plays.song_id::text, plays.listener_address::text, songs.artist_address::text, songs.genre::text, plays.duration, plays.amount_paid,
        plays.played_at, date_trunc($1, plays.played_at, $2) as bucket
      from plays left join songs using (song_id)
      where plays.played_at >= '0001-01-01Z' and plays.played_at < '9999-12-31Z'
    ), subject as (
      select 'platform' as kind, '' as key, play.* from play
      union all select 'genre', genre, play.* from play where genre is not null
      union all select 'artist', artist_address, play.* from play where artist_address is not null
      union all select 'song', song_id, play.* from play
      union all select 'listener', listener_address, play.* from play
    ), bucket as (
      select bucket, row_number() over (order by min(played_at)) as position, date_bin('15 minutes', min(played_at), '2000-01-01Z') as starts_at
      from play group by bucket
    ), expected as (
      select kind, key, position, count(*) as plays, sum(duration) as seconds, sum(amount_paid) as earnings
      from subject join bucket using (bucket) group by kind, key, position
    ), range as (
      -- The end of the first one lies in the middle of what there is.
      select array_agg(starts_at order by position) as bounds, count(*)::int / 2 + 1 as middle from bucket
    ), given as (
      select wanted.kind, series.key, series.position + half.passed as position, series.plays, series.seconds::numeric as seconds, series.earnings
      from (select kind, array_agg(distinct key) as keys from subject group by kind) wanted
      cross join range
      cross join lateral (values (bounds[1:middle], 0), (bounds[middle:] || timestamptz '9999-01-01Z', middle - 1)) half (bounds, passed)
      cross join lateral analytics.read_series(wanted.kind, wanted.keys, half.bounds) series
      where series.position is not null
    ), sums as (
      select kind, key, sum(plays)::text as plays, sum(earnings)::text as earnings from given group by kind, key
    ), shown as (
      select 'song' as kind, song_id as key, play_count::text as plays, total_earnings::text as earnings from ${newest('mv_song_analytics')} where play_count > 0
      union all select 'artist', artist_address, total_plays::text, total_earnings::text from ${newest('mv_artist_analytics')} where total_plays > 0
      union all select 'genre', genre, total_plays::text, total_earnings::text from ${newest('mv_genre_stats')} where total_plays > 0
      union all select 'listener', listener_address, total_plays::text, total_spent::text from ${newest('mv_listener_activity')}
      union all select 'platform', '', total_plays::text, total_volume::text from ${newest('mv_platform_stats')} where total_plays > 0
    ), active as (
      select unit, date_trunc(unit, played_at at time zone 'UTC')::date as starts_on, count(distinct listener_address) as listeners
      from play cross join (values ('day'), ('week'), ('month')) units (unit) group by unit, starts_on
    )
    (select 'series published: ' || row::text as difference from (select * from given except all select * from expected) row limit 3)
    union all (select 'series expected: ' || row::text from (select * from expected except all select * from given) row limit 3)
    union all (select 'total published: ' || row::text from (select * from shown except all select * from sums) row
      where not exists (select from plays where played_at < '0001-01-01Z' or played_at >= '9999-12-31Z') limit 3)
    union all (select 'active listeners published: ' || row::text
      from (select unit, starts_on, listeners from analytics.active_listener where starts_on < '9999-12-31' except all select * from active) row limit 3)
    union all (select 'active listeners expected: ' || row::text
      from (select * from active except all select unit, starts_on, listeners from analytics.active_listener) row limit 3)`,
    [unit, zone],
  );
  return rows.map((row) => `${unit} in ${zone}: ${row.difference}`);
}
