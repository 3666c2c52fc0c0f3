import { PassThrough, Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../src/cli/run.js';
import { freePort, migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';
import { cloneServer } from './clone.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());

const urlTo = (name: string, port = server.port) => server.url.replace(/:\d+\/postgres$/, `:${port}/${name}`);
const as = (user: string, url: string) => url.replace('postgres:postgres', `${user}:${user}`);

async function onServer(url: string, ...statements: string[]) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database that is migrated and filled, changed by the statements then. */
async function makeDatabase(name: string, ...statements: string[]): Promise<string> {
  await onServer(server.url, `create database ${name} template ${migratedTemplate}`);
  await onServer(urlTo(name), 'select refresh_all_materialized_views()', ...statements);
  return urlTo(name);
}

async function run(url: string, ...words: string[]) {
  const pieces: string[] = [];
  const output = () => {
    const stream = new PassThrough();
    stream.on('data', (piece) => pieces.push(String(piece)));
    return Object.assign(stream, { isTTY: false });
  };
  const code = await runCli(words, {
    env: { DATABASE_URL: url },
    stdin: Readable.from([]),
    stdout: output(),
    stderr: output(),
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  const text = pieces.join('');
  expect(text).not.toMatch(/shortly/);
  return { code, text };
}

describe('the command line says what happened and what to do', () => {
  const cases: readonly (readonly [
    title: string,
    statements: readonly string[],
    command: string,
    said: RegExp,
  ])[] = [
    [
      'when a table of the engine is missing',
      ['alter table analytics.retired_play rename to elsewhere'],
      'verify',
      /A table or view that the gateway needs is not there\. Run `mycelix-analytics doctor`.*retired_play.*SQLSTATE 42P01/s,
    ],
    [
      'when a function of the engine is missing',
      ['drop function analytics.publish'],
      'refresh',
      /A function that the gateway needs is not there\. Run `mycelix-analytics doctor`.*SQLSTATE 42883/s,
    ],
    [
      'when the disk is full',
      [
        `create or replace function analytics.publish(changed_views text[], postponed text[], before analytics.engine, out rows_changed jsonb, out phases jsonb) language plpgsql as
         $$ begin raise exception 'could not extend file "base/1/2"' using errcode = 'disk_full'; end $$`,
      ],
      'refresh',
      /The disk of the server is full; nothing was done\. Make room.*could not extend file.*SQLSTATE 53100/s,
    ],
    [
      'when the database is read-only',
      ['alter database said_3 set default_transaction_read_only = on'],
      'refresh',
      /The database refuses to be written to: the server at 127\.0\.0\.1:\d+ is a standby, or its transactions are read-only\..*SQLSTATE 25006/s,
    ],
    [
      'when a view was never filled',
      ['truncate analytics.engine', 'insert into analytics.engine default values'],
      'verify',
      /the views were never filled\. Refresh first\./,
    ],
  ];
  test.each(
    cases.map(([title, statements, command, said], index) => ({
      title,
      statements,
      command,
      said,
      name: `said_${index}`,
    })),
  )('$title', async ({ statements, command, said, name }) => {
    const url = await makeDatabase(name, ...statements);
    const { code, text } = await run(url, command);
    expect(text).toMatch(said);
    expect(code).toBe(1);
  });

  test('when the user may not do it, or has no connection left, or waits for a lock in vain', async () => {
    const url = await makeDatabase(
      'said_roles',
      `create role weak login password 'weak'`,
      'grant usage on schema analytics to weak',
      'grant select on all tables in schema analytics to weak',
      `create role few login password 'few' connection limit 0`,
    );
    const weak = await run(as('weak', url), 'refresh');
    expect(weak.text).toMatch(
      /The user of the database may not do that\. Run `mycelix-analytics doctor`.*permission denied.*SQLSTATE 42501/s,
    );
    expect((await run(as('few', url), 'refresh')).text).toMatch(
      /The server at 127\.0\.0\.1:\d+ has no connection left.*SQLSTATE 53300/s,
    );
    const holder = new pg.Client(url);
    await holder.connect();
    await holder.query('begin; lock table plays in access share mode');
    const late = await run(url, 'partition', '--month', '2019-03');
    await holder.end();
    expect(late.text).toMatch(
      /A lock was held by somebody else for too long; nothing was done\..*SQLSTATE 55P03/s,
    );
    expect([weak.code, late.code]).toEqual([1, 1]);
  });

  test('when the database is a standby', async () => {
    await makeDatabase('said_standby');
    const port = await freePort();
    const standby = await cloneServer(server, port, true);
    try {
      standby.start();
      await standby.ready();
      for (const command of ['refresh', 'verify'])
        expect((await run(urlTo('said_standby', port), command)).text).toMatch(
          /The database refuses to be written to: .* is a standby.*Let DATABASE_URL name the primary/s,
        );
    } finally {
      await standby.stop();
    }
  });

  test('when tables are there that were not adopted, and when something keeps them from it', async () => {
    await onServer(server.url, 'create database said_foreign');
    const url = urlTo('said_foreign');
    await onServer(
      url,
      'create table plays (id bigint, song_id text, listener_address text, played_at timestamptz, duration int, amount_paid float8)',
    );
    const refresh = await run(url, 'refresh');
    expect(refresh.text).toContain('Run `mycelix-analytics doctor` to see what adopting them means');
    const migrated = await run(url, 'migrate');
    expect(migrated.text).toContain('This database cannot be adopted as it is; nothing was changed');
    expect(migrated.text).toContain('alter table plays alter column amount_paid type numeric(18,8)');
    expect([refresh.code, migrated.code]).toEqual([1, 1]);
  });

  test('when nothing listens or the host is not known', async () => {
    const port = await freePort();
    expect((await run(urlTo('x', port), 'refresh')).text).toContain(
      `Nothing listens on 127.0.0.1:${port}. Start the server`,
    );
  });
});
