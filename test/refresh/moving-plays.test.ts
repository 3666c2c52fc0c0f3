import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineDatabase, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';

const noon = '2026-03-05T12:00:00Z';
const play = (at: string, count = 1) =>
  `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
   select 'a', '0x' || i % 5, timestamptz '${at}' + i * interval '1 second', 1, 0.5 from generate_series(1, ${count}) i`;
const move = (month: string) => `select analytics.move_plays('${month}-01') as moved`;

describe.each([15, 18] as const)('Moving plays out of the default partition, on PostgreSQL %i', (version) => {
  let server: PostgresServer;
  let database: EngineDatabase;
  let session: Session;
  const sessions: Session[] = [];
  const open = async () => {
    const opened = await database.open();
    sessions.push(opened);
    return opened;
  };
  const waitUntilBlocked = async (waiter: Session) => {
    const onlooker = await open();
    const pid = await pids.get(waiter);
    await expect
      .poll(
        async () =>
          (
            await onlooker.query(
              `select wait_event_type as "waitsFor" from pg_stat_activity where pid = ${pid}`,
            )
          )[0],
      )
      .toEqual({ waitsFor: 'Lock' });
  };
  const pids = new Map<Session, number>();
  const openWaiter = async () => {
    const waiter = await open();
    pids.set(waiter, await waiter.pid());
    return waiter;
  };

  beforeAll(async () => {
    server = await startPostgres(version);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    database = await makeServerDatabase(server, 'moving');
    session = await open();
    await session.query(
      `set client_min_messages = warning; set timezone = 'UTC';
       insert into artists (artist_address, name) values ('0xa1', 'One');
       insert into songs (song_id, title, artist_address, genre, strategy) values ('a', 'A', '0xa1', 'Rock', 'auction');
       select analytics.ensure_play_partitions_between('2026-02-01', '2026-03-31')`,
    );
    await session.query(play('2026-03-01', 50));
    await session.query(play('2027-05-05', 30));
  });
  afterEach(async () => {
    for (const opened of sessions.splice(0)) await opened.end();
    await database.drop();
  });

  it('gives the month its partition, counts every play once, and lets it be retired', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    await session.query(play('2027-05-31T23:59:00Z', 3));
    expect(await session.query(move('2027-05'))).toEqual([
      { moved: { month: '2027-05', partition: 'plays_2027_05', plays: 33 } },
    ]);
    expect(await session.query(`select count(*)::int from plays_default`)).toEqual([{ count: 0 }]);
    expect(await refreshAndCompare(session, noon)).toEqual([]);
    expect(await session.query(`select kind from analytics.refresh_ledger order by id desc limit 1`)).toEqual(
      [{ kind: 'incremental' }],
    );
    expect(await session.query(`select analytics.verify() ->> 'ok' as ok`)).toEqual([{ ok: 'true' }]);
    await session.query(`select analytics.refresh('test', '2027-12-01')`);
    expect(await session.query(`select analytics.retire_plays('2027-05-01') ->> 'plays' as plays`)).toEqual([
      { plays: '33' },
    ]);
  });

  it.each([
    ['a plain statement', '', `select count(*)::int from plays`, 80],
    [
      'a statement about the month itself',
      '',
      `select count(*)::int from plays where played_at >= '2027-05-01Z' and played_at < '2027-06-01Z'`,
      30,
    ],
    [
      'a prepared statement with a plan that is kept',
      `set plan_cache_mode = force_generic_plan; prepare counting(timestamptz) as select count(*)::int from plays where played_at >= $1;
       do $$ begin execute 'execute counting(''2027-05-01Z'')'; end $$`,
      `execute counting('2027-05-01Z')`,
      30,
    ],
    [
      'a function in PL/pgSQL',
      `create function pg_temp.counting() returns int language plpgsql as $$ begin return (select count(*) from plays where played_at >= '2027-01-01Z'); end $$`,
      `select pg_temp.counting() as count`,
      30,
    ],
    [
      'a transaction that has read something else',
      `begin; select count(*) from songs`,
      `select count(*)::int from plays`,
      80,
    ],
  ])('lets %s in READ COMMITTED miss no play that waits for it', async (_, before, sql, expected) => {
    const mover = await open();
    const reader = await openWaiter();
    if (before) await reader.query(before);
    await mover.query('begin');
    await mover.query(move('2027-05'));
    const counting = reader.query(sql);
    await waitUntilBlocked(reader);
    await mover.query('commit');
    expect(await counting).toEqual([{ count: expected }]);
  });

  it('lets no one of many readers miss a play, month after month', async () => {
    const months = Array.from({ length: 12 }, (_, index) => `2028-${String(index + 1).padStart(2, '0')}`);
    for (const month of months) await session.query(play(`${month}-03`, 500));
    let isOver = false;
    const seen = new Set<unknown>();
    let counts = 0;
    const readers = Array.from({ length: 4 }, async () => {
      const reader = await open();
      while (!isOver) {
        const [row] = await reader.query<{ count: number }>('select count(*)::int from plays');
        seen.add(row?.count);
        counts += 1;
      }
    });
    for (const month of months) {
      const until = counts + 8;
      while (counts < until) await session.query('select pg_sleep(0.01)');
      await session.query(move(month));
    }
    isOver = true;
    await Promise.all(readers);
    expect([...seen]).toEqual([80 + 12 * 500]);
  });

  it('counts plays where they have gone when a refresh had to wait for the move', async () => {
    await session.query(`select analytics.refresh('test', '${noon}')`);
    const mover = await open();
    const refresher = await openWaiter();
    await mover.query('begin');
    await mover.query(move('2027-05'));
    const refreshing = refresher.query(`select analytics.refresh('test', '${noon}', true)`);
    await waitUntilBlocked(refresher);
    await mover.query('commit');
    await refreshing;
    expect(await refreshAndCompare(session, '2027-05-20T00:00:00Z')).toEqual([]);
  });

  it('ends a refresh whose snapshot is older than the move, and the next one is right', async () => {
    await session.query(`select analytics.refresh('test', '2027-05-05T12:00:00Z')`);
    const refresher = await open();
    await refresher.query('begin isolation level repeatable read; select count(*) from songs');
    await session.query(move('2027-05'));
    await expect(refresher.query(`select analytics.refresh('test', '2027-06-20')`)).rejects.toMatchObject({
      code: '40001',
    });
    await refresher.query('rollback');
    expect(await refreshAndCompare(session, '2027-06-20T00:00:00Z')).toEqual([]);
  });

  it('moves nothing while plays is in use for long, and says so', async () => {
    const busy = await open();
    await busy.query('begin; select count(*) from plays');
    await expect(session.query(move('2027-05'))).rejects.toThrow(
      'plays was in use for more than 5s; nothing was moved',
    );
    await busy.query('commit');
    expect(await session.query(`select count(*)::int from plays_default`)).toEqual([{ count: 30 }]);
  });

  it('refuses to delete plays under a trigger or a foreign key of the user', async () => {
    await session.query(
      `create table receipts (play bigint, at timestamptz, foreign key (play, at) references plays (id, played_at) on delete cascade);
       create function noted() returns trigger language plpgsql as $$ begin return null; end $$;
       create trigger audit after delete on plays for each row execute function noted()`,
    );
    await expect(session.query(move('2027-05'))).rejects.toThrow(
      /^plays cannot be moved while the trigger audit, the foreign key \w+ of receipts would take them for deleted$/,
    );
  });

  it('says what was expected when there is nothing to move', async () => {
    await expect(session.query(move('2026-03'))).rejects.toThrow('there is a table plays_2026_03 already');
    await expect(session.query(`begin isolation level repeatable read; ${move('2027-05')}`)).rejects.toThrow(
      'moving plays needs the isolation level read committed, not repeatable read',
    );
    await session.query('rollback');
  });
});
