import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type EngineOptions, makeServerDatabase, type Session } from './engine.js';
import { refreshAndCompare } from './history.js';

const runProgram = promisify(execFile);
const noon = '2026-03-05T12:00:00Z';
const world = `
  select * from analytics.ensure_play_partitions_between('2026-01-01Z', '2026-04-05Z');
  insert into artists (artist_address, name) values ('0xa1', 'One');
  insert into songs (song_id, title, artist_address, genre, strategy) values ('a', 'A', '0xa1', 'Rock', 'auction'), ('b', 'B', '0xa1', null, 'patronage');
  insert into plays (song_id, listener_address, played_at, duration, amount_paid)
  select (array['a', 'b'])[1 + i % 2], '0x' || i % 11, timestamptz '${noon}' - i * interval '8 hours', 1, i / 8.0 from generate_series(1, 150) i`;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(15, ['-c', 'wal_level=logical', '-c', 'max_logical_replication_workers=4']);
});
afterAll(() => server.stop());

let session: Session;
let url: string;
let adminUrl: string;

async function open(statements = world, options: EngineOptions = {}) {
  const database = await makeServerDatabase(server, 'stamps', options);
  const opened = await database.open();
  onTestFinished(() => database.drop());
  await opened.query(`set client_min_messages = error; set timezone = 'UTC'`);
  for (const statement of statements.split(';\n')) await opened.query(statement);
  return { session: opened, url: database.url, adminUrl: database.adminUrl };
}

/** What the last refresh was, once it was compared with the plain definitions. */
async function refresh(of: Session = session) {
  expect(await refreshAndCompare(of, noon)).toEqual([]);
  const [row] = await of.query<{ kind: string; reason: string | null }>(
    'select kind, reason from analytics.refresh_ledger order by id desc limit 1',
  );
  return row;
}

const incremental = { kind: 'incremental', reason: null };
const changedTriggers = {
  kind: 'rebuild',
  reason: 'triggers of plays were changed, so that changes may not have been captured',
};

describe('Plays that arrive with a stamp', () => {
  beforeEach(async () => {
    ({ session, url, adminUrl } = await open());
    await session.query(`create table backup as select * from plays where id % 3 = 0`);
    await refresh();
    await session.query('delete from plays where id % 3 = 0');
    await refresh();
  });

  it('Are counted when whole rows come back from a backup', async () => {
    await session.query('insert into plays select * from backup');
    expect(await refresh()).toEqual(incremental);
  });

  it.each(['null', '0', '3', '9000000000000000000'])('Are counted when they say %s', async (stamp) => {
    await session.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid, analytics_writer) values ('a', '0xnew', '${noon}', 1, 1, ${stamp})`,
    );
    expect(await refresh()).toEqual(incremental);
    await session.query(`update plays set analytics_writer = ${stamp} where id % 2 = 0`);
    expect(await refresh()).toEqual(incremental);
    await session.query(`delete from plays where listener_address = '0xnew'`);
    expect(await refresh()).toEqual(incremental);
  });

  it('Are counted when a dump of the data alone is restored', async () => {
    const other = await open();
    await other.session.query('delete from plays where id <= 200; update plays set id = id + 1000');
    await other.session.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) select 'b', '0xelse', '${noon}', 1, 1 from generate_series(1, 50)`,
    );
    const { stdout: rows } = await runProgram('sh', [
      '-c',
      `pg_dump --data-only --table='plays*' '${other.url}' | sed s/0xelse/0xrestored/ | psql -qX -v ON_ERROR_STOP=1 '${url}'; psql -qXAt -c "select count(*) from plays where listener_address = '0xrestored'" '${url}'`,
    ]);
    expect(rows.trim().split('\n').at(-1)).toBe('50');
    expect(await refresh()).toEqual(incremental);
    await other.session.end();
  });

  it('Are counted when another gateway’s database replicates them', async () => {
    const other = await open();
    const admin = new pg.Client(other.adminUrl);
    await admin.connect();
    await admin.query('create publication plays_of_mine for table plays');
    await admin.query(`select pg_create_logical_replication_slot('stamps_slot', 'pgoutput')`);
    const subscriber = new pg.Client(adminUrl);
    await subscriber.connect();
    await subscriber.query(
      `create subscription plays_of_others connection '${other.adminUrl}' publication plays_of_mine with (create_slot = false, slot_name = stamps_slot, copy_data = false)`,
    );
    try {
      await other.session.query(
        `insert into plays (id, song_id, listener_address, played_at, duration, amount_paid) overriding system value select 5000 + i, 'a', '0xreplica', timestamptz '${noon}' - i * interval '1 day', 1, 1 from generate_series(1, 20) i`,
      );
      await other.session.query(
        `update plays set amount_paid = 7, song_id = 'b' where id > 5010; delete from plays where id = 5001`,
      );
      const arrived = async () =>
        (
          await session.query<{ n: string }>(
            `select count(*) filter (where amount_paid = 7) || ' of ' || count(*) as n from plays where id > 5000`,
          )
        )[0]?.n;
      while ((await arrived()) !== '10 of 19') await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await refresh()).toEqual(incremental);
    } finally {
      await subscriber.query('drop subscription plays_of_others');
      await subscriber.end();
      await admin.end();
      await other.session.end();
    }
  });

  it('Are counted when a play moves to a partition without changing otherwise', async () => {
    await session.end();
    ({ session } = await open(
      `insert into artists (artist_address, name) values ('x', 'X');\ninsert into songs (song_id, title, artist_address, strategy) values ('a', 'A', 'x', 'auction');\ninsert into plays (song_id, listener_address, played_at, duration, amount_paid, device) select 'a', '0x1', '${noon}', 1, 1, 'phone' from generate_series(1, 9)`,
      {
        before: `
          create table artists (artist_address text primary key, name text not null, created_at timestamptz not null default now());
          create table songs (song_id text primary key, title text not null, artist_address text not null, genre text, strategy text not null, created_at timestamptz not null default now());
          create table plays (id bigserial, song_id text not null, listener_address text not null, played_at timestamptz not null, duration int not null,
            amount_paid numeric(18, 8) not null, device text, primary key (id, device)) partition by list (device);
          create table plays_phone partition of plays for values in ('phone');
          create table plays_web partition of plays for values in ('web')`,
      },
    ));
    await refresh();
    await session.query(`update plays set device = 'web' where id % 2 = 0`);
    expect(await refresh()).toEqual(incremental);
  });
});

describe('What the capture could not see leads to a rebuild by itself', () => {
  beforeEach(async () => {
    ({ session, url, adminUrl } = await open());
    await refresh();
    expect(await refresh()).toEqual(incremental);
  });

  const play = (columns = '', values = '') =>
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid${columns}) values ('a', '0xnew', '${noon}', 1, 1${values})`;

  it('When the triggers were disabled, as pg_restore --disable-triggers does it, and enabled again', async () => {
    for (const sql of [
      'alter table plays disable trigger user',
      play(', analytics_writer', ', 3'),
      'alter table plays enable trigger user',
    ])
      await session.query(sql);
    expect(await refresh()).toEqual({
      kind: 'rebuild',
      reason: expect.stringContaining(
        'changes of plays may not have been captured: the trigger analytics_stamp_insert of plays',
      ),
    });
    expect(await refresh()).toEqual(changedTriggers);
    await session.query(play());
    expect(await refresh()).toEqual(incremental);
    expect(await session.query('select analytics.list_bypasses() as bypass')).toEqual([]);
  });

  it('When they were disabled and then enabled as the gateway had them', async () => {
    for (const sql of [
      'alter table plays disable trigger analytics_queue_delete',
      'delete from plays where id % 5 = 0',
      'alter table plays enable always trigger analytics_queue_delete',
    ])
      await session.query(sql);
    expect(await session.query('select analytics.list_bypasses() as bypass')).toEqual([
      { bypass: `${changedTriggers.reason}; the next refresh rebuilds` },
    ]);
    expect(await refresh()).toEqual(changedTriggers);
    expect(await refresh()).toEqual(incremental);
  });

  it('When a trigger was dropped, which is put back', async () => {
    await session.query('drop trigger analytics_stamp_insert on plays');
    await session.query(play(', analytics_writer', ', null'));
    expect((await refresh())?.kind).toBe('rebuild');
    expect((await refresh())?.kind).toBe('rebuild');
    await session.query(play(', analytics_writer', ', null'));
    expect(await refresh()).toEqual(incremental);
  });

  it('When a partition was changed while it was detached', async () => {
    for (const sql of [
      'alter table plays detach partition plays_2026_02',
      'delete from plays_2026_02 where id % 2 = 0',
      `alter table plays attach partition plays_2026_02 for values from ('2026-02-01Z') to ('2026-03-01Z')`,
    ])
      await session.query(sql);
    expect(await refresh()).toEqual(changedTriggers);
    expect(await refresh()).toEqual(incremental);
  });

  it('When a partition arrives with stamps that no transaction here can have had yet', async () => {
    await session.query('create table arriving (like plays including defaults including constraints)');
    await session.query(
      `insert into arriving select 7000 + i, 'a', '0xfuture', '2030-01-05Z', 1, 1, txid_current() + i * 50 from generate_series(1, 9) i`,
    );
    await session.query(
      `alter table plays attach partition arriving for values from ('2030-01-01Z') to ('2030-02-01Z')`,
    );
    expect(await refresh()).toEqual({
      kind: 'rebuild',
      reason: 'the partition arriving was attached with plays in it',
    });
    for (let i = 0; i < 600; i++) await session.query('select txid_current()');
    expect(await refresh()).toEqual(incremental);
    await session.query(`delete from plays where listener_address = '0xfuture' and id % 2 = 0`);
    expect(await refresh()).toEqual(incremental);
  });

  it('When a partition was truncated that has no trigger to notice it', async () => {
    await session.query('drop trigger analytics_truncate on plays_2026_02');
    await session.query('truncate plays_2026_02');
    expect(await refresh()).toEqual(changedTriggers);
    expect(await session.query('select analytics.list_bypasses() as bypass')).toEqual([]);
  });

  it('But not when somebody makes a partition, or stores the table anew', async () => {
    await session.query(
      `create table plays_2030 partition of plays for values from ('2030-01-01Z') to ('2030-02-01Z')`,
    );
    await session.query(
      `${play()}; insert into plays_2030 select 9000, 'a', '0xnew', '2030-01-01Z', 1, 1, null`,
    );
    expect(await refresh()).toEqual(incremental);
    expect(await session.query('select analytics.list_bypasses() as bypass')).toEqual([]);
    await session.query('vacuum full plays');
    await session.query('analyze plays');
    expect(await refresh()).toEqual(incremental);
    await session.query('truncate plays_2030');
    expect(await refresh()).toEqual({ kind: 'rebuild', reason: 'public.plays_2030 was truncated' });
  });

  it('Once after an upgrade from a version that could miss plays', async () => {
    await session.query('update analytics.engine set capture = null');
    expect(await refresh()).toEqual({
      kind: 'rebuild',
      reason: 'the version before did not count plays that arrived with a stamp',
    });
    expect(await refresh()).toEqual(incremental);
  });
});
