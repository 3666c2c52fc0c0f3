import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/database/migrations/migrate.js';
import { loadFixture } from '../../support/fixture.js';
import { type Gateway, startGateway } from '../../support/gateway.js';
import { openServer } from '../../support/open-server.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { askMonitoring } from './questions.js';

type Item = Readonly<Record<string, unknown>>;

/** Something that is wrong with the database of somebody: a table beside ours, with indexes nobody needs. */
const planted = `
  create table concerts (id bigint generated always as identity primary key, city text, seats int, note text)
    with (autovacuum_enabled = off);
  insert into concerts (city, seats, note)
    select 'city ' || n % 50, n, case when n % 3 = 0 then repeat('x', n % 90) end from generate_series(1, 60000) n;
  create index concerts_seats_idx on concerts (seats);
  create index concerts_city_idx on concerts (city);
  create index concerts_city_again_idx on concerts (city);
  create unique index concerts_id_twice on concerts (id);
  delete from concerts where id % 5 <> 0;
  vacuum concerts;
  analyze concerts;
  delete from concerts where id % 25 = 0;
  create table tours (id bigint, song text, listener text, day date, price numeric) with (autovacuum_enabled = off);
  insert into tours select n, 'song-' || n % 400, md5(n::text), date '2026-01-01' + n % 300, n % 7 / 3.0
    from generate_series(1, 30000) n;
  delete from tours where id % 10 < 3;
  vacuum analyze tours`;

for (const version of [15, 18] as const)
  describe(`Monitoring on PostgreSQL ${version}`, () => {
    let server: PostgresServer;
    let gateway: Gateway;
    let admin: pg.Client;
    const others: pg.Client[] = [];
    const connect = async (name: string) => {
      const client = new pg.Client({ connectionString: server.url, application_name: name });
      client.on('error', () => {});
      await client.connect();
      others.push(client);
      return client;
    };
    const items = async (section: string, fields: string): Promise<readonly Item[]> => {
      const name = /^\w+/.exec(section)![0];
      const facts = await askMonitoring(gateway, `${section} { available items { ${fields} } }`);
      expect(facts[name]?.available).toBe(true);
      return facts[name]!.items!;
    };

    beforeAll(async () => {
      // An ANALYZE of its own would hold a snapshot, and VACUUM keep the rows that it might see.
      const quiet = ['-c', 'autovacuum=off'];
      server = await startPostgres(version, ['-c', 'shared_buffers=4MB', ...quiet]);
      const database = openServer({ connectionString: server.url, poolSize: 3 });
      await migrate(database);
      await loadFixture(database);
      admin = await connect('admin');
      for (const statement of planted.split(';')) {
        await admin.query(statement);
        // What a session counted reaches the others a moment later, and would come after a vacuum that it came before.
        await admin.query('select pg_stat_force_next_flush()');
      }
      await admin
        .query('create unique index concurrently concerts_city_key on concerts (city)')
        .catch((error: { code: string }) => expect(error.code).toBe('23505'));
      for (let n = 0; n < 120; n += 1) await admin.query('select count(*) from concerts where id = $1', [n]);
      await admin.query(`set enable_seqscan = off; select 1 from concerts where city = 'city 5' limit 1`);
      await admin.query('select pg_stat_force_next_flush()');
      await admin.query('select 1');
      // Started last, because VACUUM keeps rows that an open transaction of the gateway might see.
      gateway = await startGateway(database);
    });
    afterAll(async () => {
      for (const client of others) await client.end().catch(() => {});
      await gateway?.close();
      await server?.stop();
    });

    it('finds an index that nobody reads, and nothing else (G-DB-04)', async () => {
      const found = await items('unusedIndexes', 'schema table index sizeBytes tableReads neededFor ddl');
      const unread = found.filter((each) => each.index === 'concerts_seats_idx');
      expect(unread).toEqual([
        {
          schema: 'public',
          table: 'concerts',
          index: 'concerts_seats_idx',
          sizeBytes: expect.any(Number),
          tableReads: expect.any(Number),
          neededFor: [],
          ddl: 'drop index concurrently public.concerts_seats_idx',
        },
      ]);
      expect(unread[0]!.sizeBytes).toBeGreaterThan(100_000);
      expect(found.every((each) => /^concerts_(seats|city)/.test(String(each.index)))).toBe(true);
      const drop = String(unread[0]!.ddl);
      await admin.query(drop);
      expect((await items('unusedIndexes', 'index')).map((each) => each.index)).not.toContain(
        'concerts_seats_idx',
      );
    });

    it('counts how often an index is read (G-DB-05)', async () => {
      const usage = await items('indexUsage', 'index scans entriesRead lastUsedAt tableReads');
      const key = usage.find((each) => each.index === 'concerts_pkey' || Number(each.scans) >= 120)!;
      expect(key.scans).toBeGreaterThanOrEqual(120);
      expect(key.lastUsedAt === null).toBe(version === 15);
      expect(usage.some((each) => /^plays_default/.test(String(each.index)))).toBe(false);
      expect(usage.some((each) => each.index === 'plays_played_at_idx')).toBe(true);
    });

    it('finds an index that is there twice, and keeps the one that a constraint needs (G-DB-06)', async () => {
      const found = await items('duplicateIndexes', 'table index duplicateOf ddl');
      expect(found).toEqual([
        {
          table: 'concerts',
          index: 'concerts_city_again_idx',
          duplicateOf: 'concerts_city_idx',
          ddl: 'drop index concurrently public.concerts_city_again_idx',
        },
        {
          table: 'concerts',
          index: 'concerts_id_twice',
          duplicateOf: 'concerts_pkey',
          ddl: 'drop index concurrently public.concerts_id_twice',
        },
      ]);
    });

    it('finds an index whose making failed (G-DB-08)', async () => {
      const found = await items('invalidIndexes', 'table index slowsWrites reason ddl');
      expect(found).toEqual([
        {
          table: 'concerts',
          index: 'concerts_city_key',
          slowsWrites: expect.any(Boolean),
          reason: expect.stringContaining('failed'),
          ddl: [
            'drop index concurrently public.concerts_city_key',
            'reindex index concurrently public.concerts_city_key',
          ],
        },
      ]);
    });

    it('finds dead rows and when they were last cleared away (G-DB-09)', async () => {
      const [concerts] = (
        await items('tables', 'table rows deadRows deadRatio lastVacuumAt sinceVacuumSeconds')
      ).filter((each) => each.table === 'concerts');
      expect(concerts).toMatchObject({ rows: 9600, deadRows: 2400, deadRatio: 0.2 });
      expect(Date.parse(String(concerts!.lastVacuumAt))).toBeGreaterThan(Date.now() - 600_000);
      expect(concerts!.sinceVacuumSeconds).toBeLessThan(600);
    });

    it('sums the partitions of a table, or lists them beside it', async () => {
      await admin.query('analyze plays');
      const tables = await items('tables', 'table rows partitions partitionOf');
      expect(tables.filter((each) => /^plays/.test(String(each.table)))).toEqual([
        { table: 'plays', rows: 94, partitions: expect.any(Number), partitionOf: null },
      ]);
      const all = await items('tables(partitions: true)', 'table partitionOf');
      expect(all).toContainEqual({ table: 'plays_default', partitionOf: 'plays' });
    });

    it('estimates bloat within a fifth of what pgstattuple measures (G-DB-10)', async () => {
      const bloatOf = async (table: string) =>
        (await items('tables', 'table heapBytes bloatBytes bloatRatio bloatMethod')).find(
          (each) => each.table === table,
        )!;
      const tables = ['concerts', 'tours'];
      await admin.query('create extension if not exists pgstattuple');
      const measured = await Promise.all(tables.map(bloatOf));
      await admin.query('drop extension pgstattuple');
      const estimated = await Promise.all(tables.map(bloatOf));
      expect(measured.map((each) => each.bloatMethod)).toEqual(['PGSTATTUPLE', 'PGSTATTUPLE']);
      expect(estimated.map((each) => each.bloatMethod)).toEqual(['ESTIMATE', 'ESTIMATE']);
      expect(measured[0]!.bloatRatio).toBeGreaterThan(0.7);
      expect(measured[1]!.bloatRatio).toBeGreaterThan(0.25);
      for (const [at, table] of tables.entries()) {
        const off = Number(estimated[at]!.bloatBytes) / Number(measured[at]!.bloatBytes) - 1;
        expect(Math.abs(off), table).toBeLessThan(0.2);
      }
    });

    it('lists long-running queries without their values, and no others (G-DB-11)', async () => {
      const sleeper = await connect('sleeper');
      const sleeping = sleeper.query(`select 'canary', pg_sleep(60)`).catch(() => {});
      const fields = 'pid applicationName state query seconds waitsFor name blockedBy { pid }';
      await expect
        .poll(async () => (await items('longRunningQueries(minSeconds: 0.2)', fields)).length)
        .toBe(1);
      const [found] = await items('longRunningQueries(minSeconds: 0.2)', fields);
      expect(found).toMatchObject({
        applicationName: 'sleeper',
        state: 'active',
        query: 'select ?, pg_sleep(?)',
        waitsFor: 'Timeout: PgSleep',
        name: null,
        blockedBy: [],
      });
      expect(await items('longRunningQueries(minSeconds: 3600)', 'pid')).toEqual([]);
      await admin.query('select pg_cancel_backend($1)', [found!.pid]);
      await sleeping;
      await expect.poll(() => items('longRunningQueries(minSeconds: 0.2)', 'pid')).toEqual([]);
    });

    it('tells who blocks whom, since when, and by which locks (G-DB-12)', async () => {
      const blocker = await connect('blocker');
      const blocked = await connect('blocked');
      await blocker.query('begin');
      await blocker.query(`update concerts set note = 'canary' where id = 5`);
      const waiting = blocked.query(`update concerts set seats = 4711 where id = 5`);
      const fields = `applicationName query waitsFor locks { kind mode granted relation } blockedBy { applicationName pid user state
        transactionSeconds transactionStartedAt query locks { kind mode relation granted } }`;
      const find = async () =>
        (await items('longRunningQueries(minSeconds: 0)', fields)).find(
          (each) => each.applicationName === 'blocked',
        );
      await expect.poll(async () => (await find())?.blockedBy).toHaveLength(1);
      const found = (await find())!;
      expect(found.query).toBe('update concerts set seats = ? where id = ?');
      expect(found.waitsFor).toBe('Lock: transactionid');
      expect(found.locks).toEqual([
        { kind: 'transactionid', mode: 'ShareLock', granted: false, relation: null },
      ]);
      const { rows } = await blocker.query('select pg_backend_pid() as pid');
      const [by] = found.blockedBy as [Item];
      expect(by).toMatchObject({
        applicationName: 'blocker',
        pid: rows[0].pid,
        user: 'postgres',
        state: 'idle in transaction',
      });
      expect(by.query).toMatch(
        /^(update concerts set note = \? where id = \?|select pg_backend_pid\(\) as pid)$/,
      );
      expect(by.transactionSeconds).toBeGreaterThan(0);
      expect(by.locks).toContainEqual({
        kind: 'relation',
        mode: 'RowExclusiveLock',
        relation: 'concerts',
        granted: true,
      });
      await blocker.query('rollback');
      await waiting;
    });

    it('answers at once about a table that somebody has locked: its sizes alone are unknown', async () => {
      const locker = await connect('locker');
      await locker.query('begin; lock table concerts in access exclusive mode');
      const tables = await items('tables', 'table rows totalBytes');
      const usage = await items('indexUsage', 'table sizeBytes');
      expect(tables.find((each) => each.table === 'concerts')).toEqual({
        table: 'concerts',
        rows: 9600,
        totalBytes: null,
      });
      expect(tables.filter((each) => each.totalBytes === null)).toHaveLength(1);
      expect(usage.find((each) => each.table === 'songs')?.sizeBytes).toBeGreaterThan(0);
      await locker.query('rollback');
    });

    it('tells what share of pages was in memory, in all and since the last request (G-DB-13)', async () => {
      const ask = async () => {
        const { database } = await askMonitoring(
          gateway,
          'database { bufferCache { hits reads hitRatio recentHitRatio recentSince } }',
        );
        return (database as unknown as { bufferCache: Record<string, number | string | null> }).bufferCache;
      };
      const first = await ask();
      expect(first.hitRatio).toBeCloseTo(Number(first.hits) / (Number(first.hits) + Number(first.reads)));
      // A table that does not fit into the server's memory, so that looking through it finds hardly a page there.
      await admin.query(
        'create table attic as select n, repeat(md5(n::text), 30) as t from generate_series(1, 60000) n',
      );
      await admin.query('select pg_stat_force_next_flush()');
      await admin.query('select 1');
      await ask();
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      await admin.query('set max_parallel_workers_per_gather = 0');
      // Often enough to outweigh the catalog pages that monitoring itself finds in memory.
      for (let n = 0; n < 8; n += 1) await admin.query('select count(*) from attic');
      await admin.query('select pg_stat_force_next_flush()');
      await admin.query('select 1');
      const cold = await ask();
      expect(cold.recentHitRatio).toBeLessThan(0.5);
      expect(Number(cold.hitRatio)).toBeGreaterThan(Number(cold.recentHitRatio));
      expect(cold.recentSince).not.toBeNull();
    });
  });
