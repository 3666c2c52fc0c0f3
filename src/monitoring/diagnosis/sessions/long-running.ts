import { sql } from 'kysely';
import type { DatabaseKind } from '../../../database/database.js';
import { nameIn } from '../../../database/reader/named-text.js';
import type { Reader } from '../../../database/reader/reader.js';
import { hiddenText, list, needsToSeeOthers } from '../query.js';
import { type Available, available, type Section, unavailable } from '../section.js';
import { withoutLiterals } from '../statements/without-literals.js';
import type { BlockingSession, LongRunningQueries, LongRunningQuery } from './long-running-type.js';

/** Locks of process `pid` matching a condition, with relation names. */
const locksOf = (pid: string, which: ReturnType<typeof sql>) => sql`(
  select coalesce(jsonb_agg(distinct jsonb_build_object('kind', l.locktype, 'mode', l.mode, 'granted', l.granted,
    'relation', (select c.relname from pg_class c where c.oid = l.relation))), '[]')
  from pg_locks l where l.pid = ${sql.ref(pid)} and ${which})`;

/** Leaves out locks that hardly ever block others. */
const notableLock = sql`l.granted and (l.locktype <> 'relation' or l.mode <> 'AccessShareLock')
  and l.locktype <> 'virtualxid'`;

export async function listLongRunning(
  reader: Reader,
  kind: DatabaseKind,
  minSeconds: number,
): Promise<Available<LongRunningQueries> | Section> {
  if (kind === 'embedded')
    return unavailable(
      'A PostgreSQL server: the embedded database has a single session, so no other query can be running.',
    );
  const rows = await list(
    reader,
    'longRunningQueries',
    sql<LongRunningQuery & { blockedBy: BlockingSession[] }>`
      with session as (
        select a.*, case when state = 'active' then query_start else state_change end as since
        from pg_stat_activity a
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
          and (state = 'active' or state like 'idle in transaction%')
      )
      select s.pid, s.usename as "user", s.application_name as "applicationName", s.state, s.query, s.since,
        extract(epoch from clock_timestamp() - s.since)::float8 as "seconds", s.xact_start as "transactionStartedAt",
        case when s.state = 'active' then s.wait_event_type || ': ' || s.wait_event end as "waitsFor",
        case when s.wait_event_type = 'Lock' then ${locksOf('s.pid', sql`not l.granted`)} else '[]' end as "locks",
        case when s.wait_event_type = 'Lock' then (
          select coalesce(jsonb_agg(jsonb_build_object('pid', b.pid, 'user', a.usename,
            'applicationName', a.application_name, 'state', a.state,
            'transactionStartedAt', to_char(a.xact_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'transactionSeconds', extract(epoch from clock_timestamp() - a.xact_start)::float8,
            'query', nullif(a.query, ${hiddenText}), 'locks', ${locksOf('b.pid', notableLock)})), '[]')
          from (select distinct unnest(pg_blocking_pids(s.pid)) as pid) b
          left join pg_stat_activity a on a.pid = b.pid) else '[]' end as "blockedBy"
      from session s
      where s.since <= clock_timestamp() - make_interval(secs => ${minSeconds})
      order by s.since`,
  );
  return available({ items: rows.map(describe) }, await needsToSeeOthers(reader));
}

function describe(row: LongRunningQuery): LongRunningQuery {
  return {
    ...row,
    name: nameIn(row.query),
    query: withoutLiterals(row.query),
    blockedBy: row.blockedBy.map((blocker) => ({
      ...blocker,
      query: blocker.query === null ? null : withoutLiterals(blocker.query),
    })),
  };
}
