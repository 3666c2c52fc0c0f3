import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';
import { type EngineDatabase, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';
import { findDifferences } from './oracle.js';

let server: PostgresServer;
let database: EngineDatabase & { readonly adminUrl: string; readonly url: string };
let session: Session;

beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await makeServerDatabase(server, 'faults');
  session = await database.open();
  await session.query(`set client_min_messages = warning`);
  await session.query(fewPlays);
});
afterEach(async () => {
  await session.end().catch(() => {});
  await database.drop();
});

const fewPlays = `
  insert into artists (artist_address, name) values ('0xa1', 'One'), ('0xa2', 'Two');
  insert into songs (song_id, title, artist_address, genre, strategy) values
    ('a', 'A', '0xa1', 'Rock', 'auction'), ('b', 'B', '0xa2', 'Jazz', 'patronage'), ('c', 'C', '0xa2', null, 'gift-economy');
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select (array['a', 'b', 'c'])[1 + i % 3], '0x' || i % 11, timestamptz '2026-03-05 12:00Z' - i * interval '37 minutes', i % 300, i / 8.0
  from generate_series(1, 2000) i;`;

const noon = '2026-03-05T12:00:00Z';
const manyMore = (count: number) => `
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select (array['a', 'b', 'c'])[1 + i % 3], '0x' || to_hex(i % 9000), timestamptz '2026-03-05 12:00Z' - i * interval '1 second', 1, 0.5
  from generate_series(1, ${count}) i`;

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: { code?: string }) => error.code ?? String(error),
  );
const reasonOf = async (asOf: string) =>
  (
    await session.query<{ reason: string | null }>(
      `select analytics.refresh('test', $1) ->> 'reason' as reason`,
      [asOf],
    )
  )[0]?.reason;

describe('Bad input', () => {
  it('A play with a negative amount, a negative duration or an unknown song is refused by the database', async () => {
    const play = (song: string, duration: number, amount: number) =>
      codeOf(
        session.query(
          `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('${song}', '0x1', now(), ${duration}, ${amount})`,
        ),
      );
    expect(await play('a', 1, -0.5)).toBe('23514');
    expect(await play('a', -1, 0.5)).toBe('23514');
    expect(await play('unknown', 1, 0.5)).toBe('23503');
    expect(
      await codeOf(
        session.query(
          `insert into songs (song_id, title, artist_address, strategy) values ('d', 'D', '0xa1', 'barter')`,
        ),
      ),
    ).toBe('23514');
  });

  it('A song with plays cannot be deleted, and an artist with songs cannot either', async () => {
    expect(await codeOf(session.query(`delete from songs where song_id = 'a'`))).toBe('23503');
    expect(await codeOf(session.query(`delete from artists where artist_address = '0xa1'`))).toBe('23503');
  });

  it('An artist that nobody knows is one clear error, and one that is known gets the whole refresh (G-REFRESH-02)', async () => {
    await expect(session.query(`select refresh_artist_views('0xnobody')`)).rejects.toThrow(
      'there is no artist with the address 0xnobody',
    );
    await session.query(`select refresh_artist_views('0xa1')`);
    expect(await session.query(`select count(*)::text as count from mv_artist_analytics`)).toEqual([
      { count: '2' },
    ]);
  });
});

describe('After a fault the next refresh is exact', () => {
  it('A song whose artist vanished keeps its numbers', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    await session.query(
      `alter table songs drop constraint songs_artist_address_fkey; delete from artists where artist_address = '0xa2'`,
    );
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(await session.query(`select artist_name from mv_top_songs_week where song_id = 'b'`)).toEqual([
      { artist_name: null },
    ]);
  });

  it('Plays of a song that vanished still count for their listeners and the platform', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    await session.query(
      `alter table plays drop constraint plays_song_id_fkey; delete from songs where song_id = 'a'`,
    );
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    await session.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('nowhere', '0xnew', '${noon}', 1, 1)`,
    );
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });

  it('A genre that is set to null takes its plays out of the genres', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    await session.query(`update songs set genre = null where genre = 'Rock'`);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(await session.query(`select genre from mv_genre_stats`)).toEqual([{ genre: 'Jazz' }]);
  });

  it.each(['plays', 'plays_default', 'artists cascade'])(
    'TRUNCATE %s is noticed and answered with a rebuild',
    async (what) => {
      await session.query(`select analytics.refresh('test', '${noon}')`);
      await session.query(`truncate ${what}`);
      expect(await reasonOf(noon)).toContain('truncated');
      expect(await findDifferences(session, noon)).toEqual([]);
      expect(await reasonOf(noon)).toBeNull();
    },
  );

  it('A clock that steps back an hour brings plays into the windows again', async () => {
    const before = await session.query(`select analytics.refresh('test', '${noon}')`);
    expect(before).toHaveLength(1);
    expect(await refreshAndCompare(session, '2026-03-05T11:00:00Z')).toEqual([]);
    expect(await refreshAndCompare(session, '2026-03-05T12:00:00.000001Z')).toEqual([]);
  });

  it('A transaction that stays open for many refreshes is counted once, when it commits', async () => {
    const open = await database.open();
    await open.query('begin');
    for (let round = 0; round < 8; round++) {
      await open.query(
        `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('a', '0xopen', '${noon}', 1, 1)`,
      );
      await session.query(
        `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('b', '0xshut', '${noon}', 1, 1)`,
      );
      expect(await refreshAndCompare(session, noon)).toEqual([]);
    }
    await open.query('commit');
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(
      await session.query(
        `select total_plays::text from mv_listener_activity where listener_address = '0xopen'`,
      ),
    ).toEqual([{ total_plays: '8' }]);
    await open.end();
  });

  it('A session in the replica role does not slip past the capture', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    const admin = await database.open();
    await admin.end();
    const { default: pg } = await import('pg');
    const superuser = new pg.Client(database.adminUrl);
    await superuser.connect();
    await superuser.query(
      `set session_replication_role = replica; delete from plays where id % 5 = 0; update plays set amount_paid = 7 where id % 7 = 0`,
    );
    await superuser.end();
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });

  it('Connections that are killed in the middle of a refresh leave nothing behind', async () => {
    const killer = await database.open();
    await session.query(manyMore(8_000));
    for (let round = 0; round < 12; round++) {
      const victim = await database.open();
      const pid = await victim.pid();
      // Changes of every kind, so that every phase has something to do, and every fifth time a rebuild.
      await killer.query(
        `${manyMore(1_000)}; delete from plays where id % 50 = ${round}; update plays set duration = 5 where id % 60 = ${round}`,
      );
      const running = codeOf(
        victim.query(round % 5 === 4 ? `select analytics.rebuild()` : `select analytics.refresh()`),
      );
      await new Promise((resolve) => setTimeout(resolve, round * 23));
      await killer.query(`select pg_terminate_backend($1)`, [pid]);
      await running;
      await victim.end().catch(() => {});
      const asOf = new Date(Date.parse(noon) + round * 60_000).toISOString();
      expect(await refreshAndCompare(session, asOf), `killed after ${round * 23} ms`).toEqual([]);
    }
    await killer.end();
  });
});

describe('A refresh inside a transaction that wrote plays is refused with the reason', () => {
  const writes = {
    'an insert': `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('a', '0x1', now(), 1, 1)`,
    'an update': `update plays set amount_paid = 1 where id = (select min(id) from plays)`,
    'a delete': `delete from plays where id = (select min(id) from plays)`,
    'a truncate': `truncate plays`,
  };
  it.each(Object.entries(writes))('After %s', async (_, write) => {
    for (const isFirst of [true, false]) {
      if (!isFirst) await session.query(`select analytics.refresh('test', '${noon}')`);
      await session.query('begin');
      await session.query(write);
      await expect(session.query(`select refresh_all_materialized_views()`)).rejects.toThrow(
        'a refresh cannot run in a transaction that wrote plays',
      );
      await session.query('rollback');
    }
    await session.query(write);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });

  it('Not refused: writing plays after the refresh, and writing songs before it', async () => {
    await session.query(`begin; update songs set genre = 'Folk' where song_id = 'a'`);
    expect(await refreshAndCompare(session, noon, { isEarly: true, after: writes['an insert'] })).toEqual([]);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
  });
});

describe('One refresh at a time', () => {
  it('Twenty simultaneous requests lead to one refresh, and all of them get its result', async () => {
    await session.query(`select analytics.refresh()`);
    await session.query(manyMore(60_000));
    const sessions = await Promise.all(Array.from({ length: 20 }, () => database.open()));
    const answers = await Promise.all(
      sessions.map(
        async (each) =>
          (
            await each.query<{ answer: { outcome: string; generation: number } }>(
              `select analytics.refresh('test', wait => true) as answer`,
            )
          )[0]!.answer,
      ),
    );
    expect(answers.filter((answer) => answer.outcome === 'refreshed')).toHaveLength(1);
    expect(answers.filter((answer) => answer.outcome === 'joined')).toHaveLength(19);
    expect(new Set(answers.map((answer) => answer.generation)).size).toBe(1);
    await Promise.all(sessions.map((each) => each.end()));
  });

  it('Whoever comes second without waiting is told so at once', async () => {
    await session.query('begin; select analytics.refresh()');
    const second = await database.open();
    const [row] = await second.query<{ outcome: string }>(
      `select refresh_all_materialized_views() ->> 'outcome' as outcome`,
    );
    expect(row?.outcome).toBe('running');
    // It is told while the first one is still in the middle of its refresh.
    await session.query('rollback');
    expect(await second.query(`select refresh_all_materialized_views() ->> 'outcome' as outcome`)).toEqual([
      { outcome: 'refreshed' },
    ]);
    await second.end();
  });

  it('Whoever waited for a refresh that failed does it instead', async () => {
    await session.query('begin; select analytics.refresh()');
    const second = await database.open();
    const waiting = second.query<{ outcome: string }>(
      `select analytics.refresh('test', wait => true) ->> 'outcome' as outcome`,
    );
    const looking = await database.open();
    await until(
      'it to wait',
      async () => (await looking.query(`select from pg_locks where not granted`)).length > 0,
    );
    await looking.end();
    await session.query('rollback');
    expect(await waiting).toEqual([{ outcome: 'refreshed' }]);
    await second.end();
  });

  it('A snapshot older than the last refresh aborts and counts nothing twice', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    const old = await database.open();
    await old.query('begin isolation level repeatable read; select count(*) from plays');
    await session.query(manyMore(10));
    await session.query(`select analytics.refresh('test', '${noon}')`);
    expect(await codeOf(old.query(`select analytics.refresh('test', '${noon}')`))).toBe('40001');
    await old.query('rollback');
    expect(await refreshAndCompare(old, noon)).toEqual([]);
    await old.end();
  });

  it('Every refresh is in the ledger, announced, and so is a failure', async () => {
    await session.query('listen analytics_refresh');
    await session.query(`select analytics.refresh('cli', '${noon}')`);
    await session.query(`select analytics.record_refresh_failure('schedule', now(), 'canceling statement')`);
    const rows = await session.query(
      `select generation::text, trigger, kind, error, rows_changed ->> 'mv_song_analytics' as songs, phases ? 'read' as "isTimed" from analytics.refresh_ledger order by id`,
    );
    expect(rows).toEqual([
      { generation: '1', trigger: 'cli', kind: 'rebuild', error: null, songs: '3', isTimed: true },
      {
        generation: null,
        trigger: 'schedule',
        kind: null,
        error: 'canceling statement',
        songs: null,
        isTimed: false,
      },
    ]);
  });
});

describe('Readers during refreshes', () => {
  it('See all views at one instant and never wait for a lock', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    let isOver = false;
    const reads = [0, 0, 0];
    const readers = reads.map(async (_, index) => {
      const reader = await database.open();
      await reader.query(`set lock_timeout = '1ms'`);
      while (!isOver) {
        const [row] = await reader.query<{ instants: string; isEqual: boolean }>(`
          select (select count(distinct last_refreshed) from mv_artist_analytics)::text as instants,
            total_plays = (select sum(play_count) from mv_song_analytics) and total_plays = (select sum(total_plays) from mv_listener_activity)
              and total_plays = (select sum(total_plays) from mv_artist_analytics)
              and plays_last_7d = (select sum(plays_last_7d) from mv_listener_activity)
              and (select max(plays) from mv_top_songs_week) = (select max(plays_last_7_days) from mv_song_analytics)
              and (select sum(total_plays) from mv_genre_stats) = (select sum(play_count) from mv_song_analytics where genre is not null) as "isEqual"
          from mv_platform_stats`);
        expect(row).toEqual({ instants: '1', isEqual: true });
        reads[index]!++;
      }
      await reader.end();
    });
    try {
      for (let round = 0; round < 15; round++) {
        await session.query(manyMore(500));
        const before = [...reads];
        await session.query(
          round === 7
            ? `select analytics.rebuild('test', '${noon}')`
            : `select analytics.refresh('test', timestamptz '${noon}' + interval '${round} hours')`,
        );
        await Promise.race([
          until('each of them to read again', () => reads.every((count, index) => count > before[index]!)),
          Promise.all(readers),
        ]);
      }
    } finally {
      isOver = true;
    }
    await Promise.all(readers);
  });
});
