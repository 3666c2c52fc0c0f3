import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineDatabase, makeServerDatabase } from './engine.js';
import { runHistory } from './history.js';

interface Mutant {
  readonly flaw: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** A second place, where another part of the engine would notice the flaw and rebuild. */
  readonly also?: Pick<Mutant, 'file' | 'from' | 'to'>;
  /** The first history to try, where those before it are known to find nothing; they take long. */
  readonly seed?: number;
}

/** Engines that are broken in one place each. */
const mutants: readonly Mutant[] = [
  {
    flaw: 'forgets the plays of transactions that were still open',
    file: 'functions/read_changes',
    from: 'or analytics_writer = any ($2))\n        and',
    to: ')\n        and',
  },
  {
    flaw: 'forgets the plays that its own transaction wrote afterwards',
    file: 'functions/read_changes',
    from: '|| (known.own_writer + known.writer_offset);',
    to: ';',
  },
  {
    flaw: 'judges new plays at the new instant instead of the old one',
    file: 'functions/read_changes',
    from: `'(played_at >= $5 - interval`,
    to: `'(played_at >= $6 - interval`,
  },
  {
    flaw: 'forgets what leaves the window of 30 days',
    file: 'functions/read_changes',
    from: 'from analytics.list_windows() each);',
    to: `from analytics.list_windows() each where each.name <> 'plays_30d');`,
  },
  {
    flaw: 'treats a clock that steps back like one that goes on',
    file: 'functions/read_changes',
    from: 'case when until >= known.as_of then -1 else 1 end',
    to: '-1',
  },
  {
    flaw: 'takes the edge of a window for outside',
    file: 'functions/read_changes',
    from: `'(played_at >= $5 - interval`,
    to: `'(played_at > $5 - interval`,
  },
  {
    flaw: 'counts a window of another length',
    file: 'functions/list_windows',
    from: `('plays_7d', 168)`,
    to: `('plays_7d', 169)`,
  },
  {
    flaw: 'subtracts plays that it never added',
    file: 'functions/read_changes',
    from: 'where writer is null or (writer < $1 and writer <> all ($2))',
    to: '',
  },
  {
    flaw: 'does not look up the next first play of a song',
    file: 'functions/read_changes',
    from: 'where uncounted.played_at <= song.first_played or uncounted.played_at >= song.last_played',
    to: 'where false',
  },
  {
    flaw: 'does not notice updates',
    file: 'functions/stamp_play',
    from: 'new.analytics_writer := txid_current() + tg_argv[0]::bigint;',
    to: '',
    also: {
      file: 'functions/notice_unstamped_play',
      from: 'where new.analytics_writer is distinct from txid_current()',
      to: 'where false and new.analytics_writer is distinct from txid_current()',
    },
  },
  {
    flaw: 'does not notice TRUNCATE',
    seed: 7,
    file: 'functions/request_rebuild',
    from: `insert into analytics.rebuild_request (reason) values (format('%s was truncated', tg_relid::regclass));`,
    to: '',
  },
  {
    flaw: 'does not notice that a partition was detached',
    seed: 8,
    file: 'functions/reason_in_partitions',
    from: `if not known.partitions <@ now then`,
    to: 'if false then',
  },
  {
    flaw: 'leaves the plays of a song under its former genre',
    file: 'functions/apply_dimensions',
    from: 'or song.genre is distinct from genre.genre',
    to: '',
  },
  {
    flaw: 'forgets songs that were changed in transactions that were still open',
    seed: 2,
    file: 'functions/oldest_unread',
    from: 'age(pg_snapshot_xmin(known.seen)::xid)',
    to: 'age(pg_snapshot_xmax(known.seen)::xid)',
  },
  {
    flaw: 'does not miss songs that went away',
    seed: 10,
    file: 'functions/read_changes',
    from: '(select counted.songs from counted) is distinct from $10',
    to: 'false and (select counted.songs from counted) is distinct from $10',
  },
  {
    flaw: 'never takes a listener away from a song',
    file: 'functions/apply_changes',
    from: 'select song, listener, (merged.plays > 0)::int -',
    to: 'select song, listener, 1 -',
  },
  {
    flaw: 'settles ties between favourites the wrong way round',
    file: 'functions/apply_to_listeners',
    from: 'row_number() over (order by name collate "C")',
    to: 'row_number() over (order by name collate "C" desc)',
  },
  {
    flaw: 'forgets that a view was left for later',
    file: 'functions/publish',
    from: 'set is_behind = true,',
    to: 'set is_behind = false,',
  },
  {
    flaw: 'leaves plays that went away in the series',
    file: 'functions/read_changes',
    from: '-1, -duration, -amount_paid from uncounted',
    to: '-1, -duration, -amount_paid from uncounted where false',
  },
  {
    flaw: 'leaves the series of a song with its former artist',
    file: 'functions/apply_to_series',
    from: `union all select 'artist', new_artist, quarter, plays, seconds, earnings from moved`,
    to: `union all select 'artist', old_artist, quarter, plays, seconds, earnings from moved`,
  },
  {
    flaw: 'adds late plays to another row of the series than the one that is read',
    seed: 11,
    file: 'functions/pack_series',
    from: 'order by segment.since desc limit 1',
    to: 'order by segment.since limit 1',
  },
  {
    flaw: 'forgets what a full row of a series held',
    file: 'functions/pack_series',
    from: 'on segment.kind = work.kind and segment.subject = work.subject and segment.since = work.since',
    to: 'on false',
  },
  {
    flaw: 'counts along time by the hour, in which some zones have two',
    file: 'functions/quarter_of',
    from: `'15 minutes'`,
    to: `'1 hour'`,
  },
  {
    flaw: 'takes a listener for new on a day on which it had played',
    file: 'functions/apply_to_active_listeners',
    from: 'known.last_played < counted.starts_at',
    to: 'known.last_played < counted.ends_at',
  },
  {
    flaw: 'keeps a listener active on a day of which its plays went away',
    file: 'functions/apply_to_active_listeners',
    from: 'when counted.plays < 0 then null',
    to: '',
  },
  {
    flaw: 'does not publish songs when plays leave a window',
    file: 'functions/list_changed_views',
    from: `then has_songs or attname = any (moved)`,
    to: 'then has_songs',
  },
  {
    flaw: 'does not publish listeners when a song moves',
    file: 'functions/list_changed_views',
    from: 'then has_moves or attname = any (moved)',
    to: 'then attname = any (moved)',
  },
  {
    flaw: 'does not publish artists that were renamed',
    seed: 4,
    file: 'functions/list_changed_views',
    from: 'then has_artists or has_songs',
    to: 'then has_songs',
  },
  {
    flaw: 'goes on with what an earlier refresh of the transaction had read',
    file: 'functions/open_work_tables',
    from: `execute 'truncate ' || filled;`,
    to: 'null;',
  },
  {
    flaw: 'does not book what changes in closed months',
    file: 'functions/note_statement_changes',
    from: 'where work.quarter < open_from',
    to: 'where false',
  },
  {
    flaw: 'leaves the closed plays of a song with its former artist',
    file: 'functions/note_statement_changes',
    from: '(values (move.old_artist, -1), (move.new_artist, 1))',
    to: '(values (move.new_artist, 1))',
  },
  {
    flaw: 'forgets what had changed in closed months when it rebuilds',
    file: 'functions/recount_statement_changes',
    from: 'from analytics.list_statement_gaps();',
    to: 'from analytics.list_statement_gaps() where false;',
  },
  {
    flaw: 'closes a month after its first week',
    file: 'functions/close_month',
    from: `(ended + interval '1 month')`,
    to: `(ended + interval '1 week')`,
  },
  {
    flaw: 'closes the months before the first closing without their last day',
    file: 'functions/list_song_months',
    from: 'from unnest(months) month',
    to: 'from unnest(months) first_day cross join lateral (select first_day - 1 as month) shifted',
  },
  {
    flaw: 'closes weeks from Monday to Sunday',
    file: 'functions/chart_week',
    from: '2000-01-07',
    to: '2000-01-03',
  },
  {
    flaw: 'closes charts that are too short',
    file: 'functions/close_chart_week',
    from: 'where place <= 100',
    to: 'where place <= 3',
  },
  {
    flaw: 'remembers only the edition before',
    file: 'functions/close_chart_week',
    from: 'order by entry.number desc limit 1',
    to: 'and entry.number = edition.number - 1 order by entry.number desc limit 1',
  },
  {
    flaw: 'goes on with a streak that was broken',
    file: 'functions/close_chart_week',
    from: 'then latest.streak else 0 end',
    to: 'then latest.streak else coalesce(latest.streak, 0) end',
  },
  {
    flaw: 'revises without the plays that were changed since the refresh',
    file: 'functions/revise_charts',
    from: 'select queued.song_id, queued.writer from analytics.play_queue queued\n      where',
    to: 'select queued.song_id, queued.writer from analytics.play_queue queued\n      where false and',
  },
  {
    flaw: 'revises with plays that came after the refresh',
    file: 'functions/revise_charts',
    from: 'where play.writer is null or (play.writer < beyond and play.writer <> all (in_flight))',
    to: '',
  },
];

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());

/** The function of one file with the flaw in it. */
function broken({ file, from, to }: Pick<Mutant, 'file' | 'from' | 'to'>): string {
  const sql = readFileSync(new URL(`../../migrations/${file}.sql`, import.meta.url), 'utf8');
  expect(sql.split(from).length, `the place to break in ${file}`).toBeGreaterThan(1);
  return sql.replace(from, () => to);
}

/** Replaces functions as a migration does. */
async function replaceFunctions(database: EngineDatabase, functions: readonly string[]): Promise<void> {
  const session = await database.open();
  await session.query(
    `begin; set local check_function_bodies = off;
     select set_config('search_path', format('%I, pg_temp', current_schema()), true); ${functions.join(';')}; commit`,
  );
  await session.end();
}

/** Some are stopped by the keys of the engine's own tables before there is anything to compare. */
function isUniqueViolation(error: { readonly code?: string }): true {
  if (error.code === '23505') return true;
  throw error;
}

describe('The random histories catch an engine that', () => {
  it.each(mutants)('$flaw', { timeout: 600_000 }, async ({ also, seed: first = 1, ...place }) => {
    const functions = [place, ...(also ? [also] : [])].map(broken);
    // Several short histories find more than a long one, because each begins with other rows.
    for (let seed = first; seed < first + 20; seed++) {
      const database = await makeServerDatabase(server, 'mutant');
      await replaceFunctions(database, functions);
      const isCaught = await runHistory(database, seed, 12)
        .then(({ differences }) => differences.length > 0, isUniqueViolation)
        .finally(() => database.drop());
      if (isCaught) return;
    }
    expect.unreachable('no history found a difference');
  });
});
