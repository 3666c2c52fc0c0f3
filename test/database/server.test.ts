import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import type { Database } from '../../src/database/database.js';
import { asGatewayError } from '../../src/database/failures/failures.js';
import { rawQuery } from '../../src/database/raw-query.js';
import type { Reader } from '../../src/database/reader/reader.js';
import { CancellationSource } from '../../src/database/resilience/cancellation.js';
import { openServer } from '../../src/database/server.js';
import { GatewayError } from '../../src/errors.js';
import { openDatabase, openRefreshPool } from '../../src/gateway/databases/open-database.js';
import { holdSession } from '../support/hold-session.js';
import { freePort, type PostgresServer, startPostgres } from '../support/postgres.js';

describe('A database on a server', () => {
  let server: PostgresServer;
  const opened: Database[] = [];
  beforeAll(async () => {
    server = await startPostgres(18);
  });
  afterAll(async () => {
    for (const database of opened) await database.close();
    await server?.stop();
  });
  const open = (options: Partial<Parameters<typeof openServer>[0]> = {}) => {
    const database = openServer({ connectionString: server.url, ...options });
    opened.push(database);
    return database;
  };
  const askThrough = (reader: Reader, text: string) =>
    reader.read('asked', rawQuery(sql.raw<Record<string, unknown>>(text)));
  const ask = ({ reader }: Database, text: string) => askThrough(reader, text);

  it('cannot be written through what the public reads with, and can through what refreshes', async () => {
    const config = readConfig({ DATABASE_URL: `${server.url}?options=-c%20work_mem%3D5MB` });
    const reading = await openDatabase(config);
    const writing = openRefreshPool(config, reading);
    opened.push(reading, writing);
    await writing.query('create table written (n int)');
    await expect(reading.query('insert into written values (1)')).rejects.toThrow('read-only');
    const [row] = await ask(reading, `select current_setting('work_mem') as "memory"`);
    expect(row).toEqual({ memory: '5MB' });
  });

  it('reads behind a pooler in a transaction that cannot write and has a time limit, all sent at once', async () => {
    const database = open({ isPooled: true, readsOnly: true, statementTimeoutMs: 3_000 });
    await expect(
      ask(
        database,
        'select current_setting($$transaction_read_only$$) as a, current_setting($$statement_timeout$$) as b',
      ),
    ).resolves.toEqual([{ a: 'on', b: '3s' }]);
    await expect(ask(database, 'select pg_sleep(60)')).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(ask(database, 'select 1 / 0')).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    const { rows } = await database.query(`select current_setting('transaction_read_only') as a`);
    expect(rows).toEqual([{ a: 'off' }]);
  });

  it('lets nobody wait when as many wait already as may', async () => {
    const database = open({ poolSize: 2, connectionsPerRelation: 1, queueLimit: 1 });
    const running = [ask(database, 'select pg_sleep(0)'), ask(database, 'select pg_sleep(0)')];
    await expect(ask(database, 'select 1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await Promise.all(running);
  });

  it('connects anew when it finds that its server has become a standby', async () => {
    const database = open({ poolSize: 1 });
    const pidOf = async () => (await ask(database, 'select pg_backend_pid() as "pid"'))[0]?.pid;
    const before = await pidOf();
    await expect(
      database.transaction(async (client) => {
        await client.query('set transaction read only');
        await client.query('create table refused (n int)');
      }),
    ).rejects.toMatchObject({ code: '25006' });
    expect(await pidOf()).not.toBe(before);
  });

  it('asks once more when a connection breaks under a query, and tells of the second time', async () => {
    const database = open({ poolSize: 1 });
    const [row] = await ask(database, 'select pg_backend_pid() as "pid"');
    const killed = aside(server.url, `select pg_terminate_backend(${row?.pid})`);
    await expect(
      Promise.all([ask(database, 'select pg_sleep(0.2), 1 as "one"'), killed]),
    ).resolves.toMatchObject([[{ one: 1 }], 1]);
    await expect(ask(database, 'select pg_terminate_backend(pg_backend_pid())')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  it('counts no failure where whoever asked has left, and one where the time was up', async () => {
    const database = open();
    const failed: (string | undefined)[] = [];
    database.observers.add(({ errorCode }) => failed.push(errorCode));
    const ending = async (reason: Error) => {
      const signal = new CancellationSource();
      setTimeout(() => signal.abort(reason), 50);
      await askThrough(database.readerFor({ signal }), 'select pg_sleep(10)').catch(() => {});
    };
    await ending(new Error('The client disconnected before the answer.'));
    expect(failed).toEqual([]);
    await ending(new GatewayError('TIMEOUT'));
    expect(failed).toEqual(['TIMEOUT']);
  });

  it('goes on reading a view that was made anew with other columns, over every connection', async () => {
    const database = open({ poolSize: 3, preparesStatements: true });
    const owner = open({ poolSize: 1 });
    await owner.query('create view changing as select 1 as a, 2 as b');
    const together = () =>
      Promise.all(Array.from({ length: 6 }, () => ask(database, 'select * from "changing"')));
    for (let time = 0; time < 3; time++)
      expect(new Set((await together()).map((rows) => JSON.stringify(rows)))).toEqual(
        new Set(['[{"a":1,"b":2}]']),
      );
    const { rows } = await database.query('select name from pg_prepared_statements');
    expect(rows).toHaveLength(1);
    await owner.query('drop view changing; create view changing as select $$new$$::text as b, true as c');
    for (let time = 0; time < 2; time++)
      expect(new Set((await together()).map((found) => JSON.stringify(found)))).toEqual(
        new Set(['[{"b":"new","c":true}]']),
      );
  });

  it('has a statement planned for its values once the plan for all values was slow', async () => {
    const database = open({ poolSize: 1, preparesStatements: true });
    const sleep = (seconds: number) =>
      database.reader.read('asked', rawQuery(sql`select pg_sleep(${seconds}::float8)`));
    const prepared = async () => {
      const { rows } = await database.query(
        'select generic_plans + custom_plans as plans from pg_prepared_statements',
      );
      return rows.map(({ plans }) => Number(plans));
    };
    for (let time = 0; time < 4; time++) await sleep(0);
    expect(await prepared()).toEqual([2]);
    await sleep(0.3);
    await sleep(0);
    await sleep(0);
    expect(await prepared()).toEqual([3]);
  });

  it('prepares ever new statements under the names of those that came longest ago', async () => {
    const database = open({ poolSize: 2, preparesStatements: true });
    for (let n = 0; n < 250; n++)
      for (let time = 0; time < 4; time++)
        expect(await ask(database, `select ${n} as "n${n % 3}"`)).toEqual([{ [`n${n % 3}`]: n }]);
    for (const n of [0, 249, 100])
      expect(await ask(database, `select ${n} as "n${n % 3}"`)).toEqual([{ [`n${n % 3}`]: n }]);
    const { rows } = await database.query('select count(*)::int as count from pg_prepared_statements');
    expect(rows).toEqual([{ count: 200 }]);
  });

  it('closes in time although a connection is held', async () => {
    const database = openServer({ connectionString: server.url });
    const session = await holdSession(database);
    const sleeping = session.query('select pg_sleep(600)');
    sleeping.catch(() => {});
    const closing = database.close();
    // Whoever held it finds that it was ended under him, long before what he asked would have been over.
    await expect(sleeping).rejects.toThrow();
    session.release();
    await closing;
  });

  it('fails while a file that its URL names is missing, and loses none of its places by that', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'certificates-'));
    const file = path.join(folder, 'root.pem');
    const database = open({ connectionString: `${server.url}?sslrootcert=${file}`, poolSize: 2 });
    for (let n = 0; n < 4; n++) await expect(ask(database, 'select 1')).rejects.toThrow(GatewayError);
    await expect(database.transaction(async () => {})).rejects.toThrow('root.pem');
    writeFileSync(file, '');
    // The server speaks no TLS, which is another error than the one before.
    await expect(database.transaction(async () => {})).rejects.toThrow('SSL');
    expect(database.poolCounts().waiting).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('calls back once for a connection of a pool that is closed, also when its client leaves then', async () => {
    const database = openServer({ connectionString: server.url });
    await database.close();
    const signal = new CancellationSource();
    const asked = askThrough(database.readerFor({ signal }), 'select 1');
    signal.abort(new Error('left'));
    await expect(asked).rejects.toThrow(GatewayError);
  });

  it('is unavailable where nothing listens, and says nothing of where that is', async () => {
    const port = await freePort();
    const database = open({ connectionString: `postgresql://somebody:secret@127.0.0.1:${port}/nothing` });
    for (let time = 0; time < 8; time++)
      await expect(ask(database, 'select 1')).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: 'The gateway cannot reach its data at the moment; try again shortly.',
      });
  });
});

it.each([
  ['08006', 'UNAVAILABLE'],
  ['28P01', 'UNAVAILABLE'],
  ['53300', 'UNAVAILABLE'],
  ['57P01', 'UNAVAILABLE'],
  ['57P02', 'UNAVAILABLE'],
  ['57P03', 'UNAVAILABLE'],
  ['25006', 'UNAVAILABLE'],
  ['ECONNREFUSED', 'UNAVAILABLE'],
  ['ECONNRESET', 'UNAVAILABLE'],
  ['EAI_AGAIN', 'UNAVAILABLE'],
  ['57014', 'TIMEOUT'],
  ['NO_ANSWER', 'TIMEOUT'],
  ['42601', 'INTERNAL_SERVER_ERROR'],
  ['ERR_INVALID_ARG_TYPE', 'INTERNAL_SERVER_ERROR'],
])('%s is told as %s', (code, told) => {
  expect(asGatewayError(Object.assign(new Error('words of the driver'), { code })).code).toBe(told);
});

it.each([
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
])('"%s" is told as UNAVAILABLE', (message) => {
  expect(asGatewayError(new Error(message)).code).toBe('UNAVAILABLE');
});

async function aside(url: string, text: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const { rowCount } = await client.query(text);
  await client.end();
  return rowCount ?? 0;
}
