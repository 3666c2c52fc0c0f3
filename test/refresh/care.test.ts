import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';
import { type EngineDatabase, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';

let server: PostgresServer;
let database: EngineDatabase & { readonly adminUrl: string };
let session: Session;

beforeAll(async () => {
  server = await startPostgres(15);
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await makeServerDatabase(server, 'care');
  session = await database.open();
  await session.query(`set client_min_messages = warning; set timezone = 'UTC'`);
  await session.query(`
    select * from analytics.ensure_play_partitions_between('2025-10-01Z', '2026-03-05Z');
    insert into artists (artist_address, name) values ('0xa1', 'One'), ('0xa2', 'Two');
    insert into songs (song_id, title, artist_address, genre, strategy) values
      ('a', 'A', '0xa1', 'Rock', 'auction'), ('b', 'B', '0xa2', 'Jazz', 'patronage'), ('c', 'C', '0xa2', null, 'gift-economy');
    insert into plays (song_id, listener_address, played_at, duration, amount_paid)
    select (array['a', 'b', 'c'])[1 + i % 3], '0x' || i % 11, timestamptz '2026-03-05 12:00Z' - i * interval '90 minutes', i % 300, i / 8.0
    from generate_series(1, 2000) i`);
});
afterEach(async () => {
  await session.end();
  await database.drop();
});

const noon = '2026-03-05T12:00:00Z';

interface Verdict {
  readonly ok: boolean;
  readonly differences: readonly { view: string; key: string }[];
  readonly bypasses: readonly string[];
  readonly advice: string | null;
}
const verify = async (sample: number | null = null) =>
  (await session.query<{ verdict: Verdict }>(`select analytics.verify($1) as verdict`, [sample]))[0]!.verdict;
const refresh = (sql = `select analytics.refresh('test', '${noon}')`) => session.query(sql);
/** Each in a transaction of its own; several statements in one query would share one. */
const each = async (...statements: string[]) => {
  for (const statement of statements) await session.query(statement);
};
const play = (song: string, at: string) =>
  `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('${song}', '0x1', '${at}', 1, 1)`;

describe('Verifying', () => {
  it('Finds nothing when nothing is wrong, also while plays are being changed', async () => {
    await refresh();
    expect(await verify()).toMatchObject({ ok: true, differences: [], bypasses: [] });
    await session.query(
      `${play('a', noon)}; delete from plays where id % 9 = 0; update plays set amount_paid = 1, song_id = 'b' where id % 8 = 0`,
    );
    expect(await verify()).toMatchObject({ ok: true, differences: [], bypasses: [] });
    expect(await verify(2)).toMatchObject({ ok: true, differences: [], bypasses: [] });
  });

  it('Finds plays that went away while a trigger was disabled, and the rebuild that it advises puts it right', async () => {
    await refresh();
    await session.query(
      `alter table plays disable trigger analytics_queue_delete; delete from plays where song_id = 'a' and listener_address = '0x3'`,
    );
    const verdict = await verify();
    expect(verdict.ok).toBe(false);
    expect(verdict.bypasses).toContain('the trigger analytics_queue_delete of plays is disabled');
    expect(verdict.differences.map((each) => `${each.view} ${each.key}`)).toEqual(
      expect.arrayContaining([
        'mv_song_analytics a',
        'mv_listener_activity 0x3',
        'mv_genre_stats Rock',
        'mv_artist_analytics 0xa1',
        'series of song a',
      ]),
    );
    const sampled = (await verify(1_000)).differences;
    expect(new Set(sampled.map((each) => each.key))).toEqual(new Set(['0x3', 'a']));
    await each(`select analytics.capture_from(0)`, verdict.advice!);
    expect(await verify()).toMatchObject({ ok: true, advice: null });
  });

  it('Finds plays that were stamped by somebody else while the trigger was disabled', async () => {
    await refresh();
    await session.query(
      `alter table plays disable trigger analytics_stamp_insert; insert into plays (song_id, listener_address, played_at, duration, amount_paid, analytics_writer) values ('a', '0xsmuggled', now(), 1, 1, 3)`,
    );
    expect((await verify()).differences.map((each) => each.key)).toContain('0xsmuggled');
  });

  it('Says what would slip past the capture', async () => {
    await refresh();
    await session.query(`alter table plays_2026_01 disable trigger analytics_truncate; alter table plays enable trigger analytics_stamp;
      create table plays_2030_01 partition of plays for values from ('2030-01-01Z') to ('2030-02-01Z')`);
    const { bypasses } = await verify();
    expect(bypasses).toEqual(
      expect.arrayContaining([
        'the trigger analytics_truncate of plays_2026_01 is disabled',
        'the trigger analytics_stamp of plays does not fire for sessions in the replica role',
        'the partition plays_2030_01 does not notice TRUNCATE',
      ]),
    );
  });

  it('A partition that was detached is noticed, and the next refresh recomputes without it', async () => {
    await refresh();
    await session.query(`alter table plays detach partition plays_2026_01`);
    expect((await verify()).bypasses).toContain(
      'a partition of plays was detached or dropped since the last refresh; the next refresh rebuilds',
    );
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    await session.query(
      `alter table plays attach partition plays_2026_01 for values from ('2026-01-01Z') to ('2026-02-01Z')`,
    );
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(
      await session.query(`select reason from analytics.refresh_ledger order by id desc limit 1`),
    ).toEqual([{ reason: 'the partition plays_2026_01 was attached with plays in it' }]);
  });
});

describe('Retiring a month of plays', () => {
  const totals = `select (select jsonb_agg(to_jsonb(v) order by song_id) from mv_song_analytics v) as songs,
    (select jsonb_agg(to_jsonb(v) order by listener_address) from mv_listener_activity v) as listeners, (select to_jsonb(v) from mv_platform_stats v) as platform,
    (select jsonb_agg(to_jsonb(v) order by key, position) from analytics.read_series('song', array(select song_id from mv_song_analytics), array(
      select generate_series(timestamptz '2025-10-01Z', '2026-04-01Z', '6 hours'))) v) as series,
    (select jsonb_agg(to_jsonb(v) order by unit, starts_on) from analytics.active_listener v) as active`;

  it('Drops the partition and keeps every number, also over a rebuild and a verification', async () => {
    await refresh();
    const before = await session.query(totals);
    const [answer] = await session.query<{ retired: { plays: number } }>(
      `select analytics.retire_plays('2025-12-17') as retired`,
    );
    expect(answer!.retired).toMatchObject({ month: '2025-12', partition: 'plays_2025_12', plays: 496 });
    expect(await session.query(`select to_regclass('plays_2025_12') as there`)).toEqual([{ there: null }]);
    await session.query(`select analytics.refresh('test', '${noon}')`);
    expect(await session.query(totals)).toEqual(before);
    await session.query(
      `select analytics.retire_plays('2025-11-01'); select analytics.rebuild('test', '${noon}')`,
    );
    expect(await session.query(totals)).toEqual(before);
    expect(await verify()).toMatchObject({ ok: true, bypasses: [] });
    expect(
      await session.query(`select month::text, plays::text from analytics.retired_month order by month`),
    ).toHaveLength(2);
  });

  it('Counts the last changes of that month before it goes', async () => {
    await refresh();
    await each(
      play('a', '2025-12-30T00:00:00Z'),
      `delete from plays where played_at between '2025-12-01' and '2025-12-02'`,
      `select analytics.retire_plays('2025-12-01')`,
    );
    const total = async () =>
      (await session.query<{ total: string }>(`select total_plays::text as total from mv_platform_stats`))[0]!
        .total;
    expect(await total()).toBe('1984');
    expect(await verify()).toMatchObject({ ok: true });
    await each(`delete from plays where song_id = 'b'`, `select analytics.refresh('test')`);
    expect(Number(await total())).toBeLessThan(1984);
    expect(await verify()).toMatchObject({ ok: true });
  });

  it('Is refused for a month that a window may still reach, and for a month without a partition', async () => {
    await refresh(`select analytics.refresh('test', '${noon}')`);
    await expect(session.query(`select analytics.retire_plays('2026-02-01')`)).rejects.toThrow(
      'the month 2026-02 cannot be retired yet',
    );
    await expect(session.query(`select analytics.retire_plays('2020-02-01')`)).rejects.toThrow(
      'plays have no partition plays_2020_02 to retire',
    );
  });
});

describe('Partitions made ahead', () => {
  const made = (at: string, months = 2) =>
    session.query<{ partition_name: string; outcome: string }>(
      `select * from analytics.ensure_play_partitions($1, $2)`,
      [months, at],
    );

  it('This month and those ahead are made once (G-TOPIC-01)', async () => {
    expect(await made('2027-11-30T23:30:00Z')).toEqual([
      { partition_name: 'plays_2027_11', outcome: 'made' },
      { partition_name: 'plays_2027_12', outcome: 'made' },
      { partition_name: 'plays_2028_01', outcome: 'made' },
    ]);
    expect(await made('2027-11-30T23:30:00Z')).toEqual([]);
  });

  it('Plays in the default partition stay there while partitions are made, and count all the same', async () => {
    await session.query(play('a', '2027-05-05T00:00:00Z'));
    expect(await made('2027-05-01T00:00:00Z', 1)).toEqual([
      {
        partition_name: 'plays_2027_05',
        outcome:
          'not made: the default partition holds plays of this month, and they are moved only when asked for (analytics.move_plays)',
      },
      { partition_name: 'plays_2027_06', outcome: 'made' },
    ]);
    expect(await session.query(`select count(*)::int from plays_default`)).toEqual([{ count: 1 }]);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });

  it('No play is refused while the partition that it belongs into is being made', async () => {
    let month = 0;
    let over = false;
    let written = 0;
    const writer = async () => {
      const own = await database.open();
      while (!over) {
        // One that arrives before its partition is begun goes to the default partition, and the month stays there.
        await own.query(play('a', new Date(Date.UTC(2027, month, 3)).toISOString()));
        written += 1;
      }
      await own.end();
    };
    const writing = [writer(), writer(), writer()];
    const outcomes: string[] = [];
    await until('six partitions to be made while they are written to', async () => {
      const at = new Date(Date.UTC(2027, month + 1)).toISOString();
      const making = session.query<{ outcome: string }>(
        `select outcome from analytics.ensure_play_partitions_between('${at}', '${at}')`,
      );
      // From here on they write what belongs into the partition that is on its way.
      month += 1;
      const before = written;
      outcomes.push((await making)[0]!.outcome);
      // A writer whose play is refused ends the wait.
      await Promise.race([
        until('a play of that month', () => written > before + writing.length),
        ...writing,
      ]);
      return outcomes.filter((outcome) => outcome === 'made').length >= 6;
    });
    over = true;
    await Promise.all(writing);
    const [{ count }] = (await session.query(
      `select count(*) from plays where played_at >= '2027-01-01'`,
    )) as [{ count: string }];
    expect(Number(count)).toBe(written);
  });

  it('Sessions that make partitions at the same moment wait for each other', async () => {
    const sessions = await Promise.all(Array.from({ length: 4 }, () => database.open()));
    for (let year = 2030; year < 2040; year++) {
      const outcomes = await Promise.all(
        sessions.map((session, index) =>
          session.query<{ outcome: string }>(`select outcome from analytics.ensure_play_partitions($1, $2)`, [
            5,
            `${year}-0${1 + index * 2}-01T00:00:00Z`,
          ]),
        ),
      );
      expect(outcomes.flat()).toEqual(Array.from({ length: 12 }, () => ({ outcome: 'made' })));
    }
    for (const session of sessions) await session.end();
  });

  it('A busy table is left alone as long as it is busy, and nothing is lost', async () => {
    const busy = await database.open();
    await busy.query(`begin; select count(*) from plays`);
    const [answer] = await made('2027-07-01T00:00:00Z', 0);
    expect(answer?.outcome).toContain('not made yet');
    await busy.query('commit');
    await busy.end();
    expect(await made('2027-07-01T00:00:00Z', 0)).toEqual([
      { partition_name: 'plays_2027_07', outcome: 'made' },
    ]);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });
});

describe('Transaction ids of another cluster', () => {
  it('A copy of the database is recognised and rebuilt', async () => {
    await refresh();
    await session.end();
    const { default: pg } = await import('pg');
    const name = new URL(database.adminUrl).pathname.slice(1);
    const admin = new pg.Client(server.url);
    await admin.connect();
    await admin.query(`create database ${name}_copy template ${name} owner plain`);
    const copy = new pg.Client(`postgresql://plain:plain@127.0.0.1:${server.port}/${name}_copy`);
    await copy.connect();
    const { rows } = await copy.query(`select analytics.refresh() ->> 'reason' as reason`);
    expect(rows).toEqual([{ reason: "the engine's state comes from another cluster, database or table" }]);
    await copy.end();
    await admin.query(`drop database ${name}_copy`);
    await admin.end();
    session = await database.open();
  });

  it('Ids ahead of the own counter are counted once, and what is written from then on too', async () => {
    await refresh();
    // What a dump of a busier cluster looks like here: ids that no transaction of this one has had yet.
    await session.query(`alter table plays disable trigger user; update plays set analytics_writer = analytics_writer + 1000000; update analytics.engine set identity = 'elsewhere';
      alter table plays enable trigger user; select analytics.capture_from(0)`);
    for (let round = 0; round < 3; round++) {
      expect(await refreshAndCompare(session, noon)).toEqual([]);
      const writer = await database.open();
      await writer.query(`begin; ${play('a', noon)}`);
      await session.query(
        `${play('b', noon)}; delete from plays where id = ${round + 1}; update plays set amount_paid = 3 where id % 31 = ${round}`,
      );
      expect(await refreshAndCompare(session, noon)).toEqual([]);
      await writer.query('commit');
      await writer.end();
    }
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(await session.query(`select kind from analytics.refresh_ledger order by id`)).toEqual(
      ['rebuild', 'rebuild', ...Array(6).fill('incremental')].map((kind) => ({ kind })),
    );
    expect(await verify()).toMatchObject({ ok: true });
  });
});
