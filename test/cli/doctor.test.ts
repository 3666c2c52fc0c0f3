import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewNames } from '../../src/catalogue/index.js';
import type { CliContext } from '../../src/cli/command.js';
import { doctor } from '../../src/cli/commands/doctor.js';
import { openEmbedded } from '../../src/database/embedded/embedded.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { refreshViews } from '../../src/refresh/refresh-views.js';
import { createMigratedPglite } from '../support/database-templates.js';
import { startPooler } from '../support/pooler.js';
import { freePort, migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';
import { findProgram } from '../support/programs.js';
import { cloneServer } from './clone.js';
import { startTransactionPooler } from './transaction-pooler.js';

let server: PostgresServer;
const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const urlTo = (name: string, port = server.port) => server.url.replace(/:\d+\/postgres$/, `:${port}/${name}`);

async function onServer(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

async function makeDatabase(name: string, ...statements: string[]): Promise<string> {
  await onServer(server.url, `create database ${name}`);
  await onServer(urlTo(name), ...statements);
  return urlTo(name);
}

async function makeHealthy(name: string): Promise<string> {
  await onServer(server.url, `create database ${name} template ${migratedTemplate}`);
  await onServer(urlTo(name), 'select analytics.ensure_play_partitions(), refresh_all_materialized_views()');
  return urlTo(name);
}

async function examine(env: Record<string, string>, now = () => new Date()) {
  const lines: string[] = [];
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      lines.push(...String(chunk).trimEnd().split('\n'));
      done();
    },
  });
  const context = { env, stdout, stderr: stdout, now, signal: new AbortController().signal };
  const code = await doctor.run({}, context as unknown as CliContext);
  const starting = (sign: string) => lines.filter((line) => line.startsWith(sign));
  return { code, lines, text: lines.join('\n'), faults: starting('✗'), hints: starting('!') };
}

const foreignTables = [
  'create table artists (artist_address varchar(64) primary key, name varchar(200), created_at timestamptz)',
  'create table songs (song_id varchar(64) primary key, title text, artist_address varchar(64), genre text, strategy text, created_at timestamptz)',
  'create table plays (id bigserial primary key, song_id varchar(64), listener_address varchar(64), played_at timestamptz, duration int, amount_paid numeric(18,8))',
];

describe('on a server', () => {
  test('a healthy database has no fault, and every line has a sign', async () => {
    const url = await makeHealthy('healthy');
    const { code, lines, faults, text } = await examine({ DATABASE_URL: url });
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    for (const line of lines) expect(line).toMatch(/^[✓!✗] \S/);
    expect(text).toContain('✓ PostgreSQL 18.');
    expect(text).toContain('✓ The schema is up to date');
    expect(text).toContain('✓ The views are as of 20');
    expect(text).toContain('✓ Every change of plays is captured');
    expect(text).toContain('✓ No pooler is in the way');
    expect(text).toContain("✓ This machine's clock and the server's agree");
    expect(text).toContain('✓ Partitions of plays are made ahead');
    expect(text).not.toContain('could not be made:');
  });

  test('each extension is named with what it would add', async () => {
    const { text } = await examine({ DATABASE_URL: await makeHealthy('extensions') });
    expect(text).toContain('! pg_stat_statements is not installed; it would add the slowest queries');
    for (const name of ['pgstattuple', 'hypopg', 'pg_cron', 'pg_trgm'])
      expect(text).toMatch(new RegExp(`! ${name} is not .*; it would add `));
  });

  test('an empty database can serve and stays empty', async () => {
    const url = await makeDatabase('empty');
    const { code, text } = await examine({ DATABASE_URL: url });
    expect(code).toBe(0);
    expect(text).toContain('There are no tables yet: artists, songs, plays will be made');
    expect(text).toMatch(
      new RegExp(
        `! The schema is not up to date; pending: 0001_baseline, .* \\d+ functions, ${viewNames.length} views`,
      ),
    );
    expect(await onServer(url, `select nspname from pg_namespace where nspname = 'analytics'`)).toEqual([]);
  });

  test('a user called analytics is told that the schema of its name belongs to the engine', async () => {
    const url = await makeDatabase('named_alike', `create role analytics login password 'analytics'`);
    await onServer(url, 'alter database named_alike owner to analytics');
    await onServer(url, 'grant create on schema public to analytics');
    const asAnalytics = url.replace('postgres:postgres@', 'analytics:analytics@');
    const { hints, code } = await examine({ DATABASE_URL: asAnalytics });
    expect(code).toBe(0);
    expect(hints.join('\n')).toContain('alter role analytics set search_path = public');
    await onServer(url, 'alter role analytics set search_path = public');
    expect((await examine({ DATABASE_URL: asAnalytics })).text).not.toContain('search_path');
  });

  test('tables of somebody else come with the plan of adopting them', async () => {
    const url = await makeDatabase('foreign_tables', ...foreignTables);
    const { code, text, faults } = await examine({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('run `mycelix-analytics migrate` once');
    expect(text).toContain('the column analytics_writer (bigint, with a default) and triggers');
    expect(text).toContain('ACCESS EXCLUSIVE');
    expect(text).toContain(
      'plays_played_at_idx, plays_song_id_played_at_idx, plays_listener_address_played_at_idx',
    );
    expect(text).toContain('each INSERT into plays costs more');
  });

  test('the plan of adopting names everything that adopting then adds to the tables', async () => {
    const url = await makeDatabase('foreign_plan', ...foreignTables);
    const { text } = await examine({ DATABASE_URL: url });
    const added = `select conname as name from pg_constraint
      where conrelid in ('artists'::regclass, 'songs'::regclass, 'plays'::regclass) and contype = 'c'
      union all select indexrelid::regclass::text from pg_index
      where indrelid in ('artists'::regclass, 'songs'::regclass, 'plays'::regclass)`;
    const before = await onServer(url, added);
    const database = openServer({ connectionString: url, statementTimeoutMs: 0 });
    await migrate(database);
    await database.close();
    const names = (rows: unknown[]) => (rows as { name: string }[]).map((row) => row.name);
    const made = names(await onServer(url, added)).filter((name) => !names(before).includes(name));
    expect(made).toHaveLength(11);
    for (const name of made) expect(text).toContain(name);
  });

  test('texts that no index could hold are named, before and after adopting', async () => {
    const url = await makeDatabase(
      'long_texts',
      ...foreignTables,
      `insert into artists (artist_address, name) values ('0xa1', 'Ada')`,
      `insert into songs (song_id, title, artist_address, genre, strategy) values ('s1', 'One', '0xa1', repeat('g', 1025), 'auction')`,
    );
    const sentence = '! songs.genre of "s1" has 1025 bytes, where 1024 surely fit an index';
    expect((await examine({ DATABASE_URL: url })).text).toContain(sentence);
    const database = openServer({ connectionString: url, statementTimeoutMs: 0 });
    await migrate(database);
    expect((await examine({ DATABASE_URL: url })).text).toContain(sentence);

    // Text that no compression makes shorter, and what a gateway then leaves in the ledger.
    await refreshViews(database, { trigger: 'schedule', wait: false });
    await database.query('update songs set genre = $1', [randomBytes(10_000).toString('hex')]);
    await expect(refreshViews(database, { trigger: 'schedule', wait: false })).rejects.toThrow();
    await database.close();
    expect((await examine({ DATABASE_URL: url })).text).toMatch(
      /The last refresh failed at .*: a text is too long for the indexes of the views: songs.genre of "s1" \(20000 bytes\)/,
    );
  });

  test('each strategy that is not known is translated by itself, and addresses of another form are hints', async () => {
    const url = await makeDatabase(
      'other_values',
      ...foreignTables,
      `insert into artists (artist_address, name) values ('artist-1', 'One')`,
      `insert into songs (song_id, title, artist_address, strategy) values
        ('a', 'A', 'artist-1', 'pay_per_stream'), ('b', 'B', 'artist-1', 'PATRONAGE'), ('c', 'C', 'artist-1', 'jukebox')`,
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
       values ('a', 'ada@example.org', now(), 60, 1)`,
    );
    const { faults, hints } = await examine({ DATABASE_URL: url });
    const advice = faults.join('\n');
    const translations = [
      ...advice.matchAll(/update songs set strategy = '[^']*' where strategy = '[^']*'/g),
    ];
    expect(translations.map(([statement]) => statement)).toEqual([
      `update songs set strategy = 'patronage' where strategy = 'PATRONAGE'`,
      `update songs set strategy = '…' where strategy = 'jukebox'`,
      `update songs set strategy = 'pay-per-stream' where strategy = 'pay_per_stream'`,
    ]);
    expect(hints.join('\n')).toContain(
      'artists.artist_address: expected 0x and 1 to 64 hexadecimal digits, got "artist-1"',
    );
    expect(hints.join('\n')).toContain('plays.listener_address: expected 0x and 1 to 64 hexadecimal digits');
    for (const [statement] of translations) await onServer(url, statement.replace('…', 'auction'));
    expect((await examine({ DATABASE_URL: url })).faults.join('\n')).not.toContain('songs.strategy');
  });

  test('a missing column is named', async () => {
    const url = await makeDatabase(
      'missing_column',
      ...foreignTables,
      'alter table plays drop column duration',
    );
    const { code, faults } = await examine({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(faults.join()).toContain('plays: expected the column duration, got none');
  });

  test('a user without rights is told which grants are needed, and they suffice', async () => {
    await makeDatabase('no_rights', `create role poor login password 'poor'`);
    const url = urlTo('no_rights').replace('postgres:postgres', 'poor:poor');
    const { code, faults } = await examine({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(faults.join('\n')).toContain('grant create on schema public to poor');
    expect(faults.join('\n')).toContain('grant create on database no_rights to poor');

    await onServer(
      urlTo('no_rights'),
      'grant create on schema public to poor',
      'grant create on database no_rights to poor',
    );
    expect((await examine({ DATABASE_URL: url })).code).toBe(0);
    const database = openServer({ connectionString: url, statementTimeoutMs: 0 });
    expect(await migrate(database)).not.toEqual([]);
    await database.close();
  });

  test('a user who may not read the schema is told so without a stack trace', async () => {
    const healthy = await makeHealthy('unreadable');
    await onServer(healthy, `create role blind login password 'blind'`);
    const { code, faults } = await examine({
      DATABASE_URL: healthy.replace('postgres:postgres', 'blind:blind'),
    });
    expect(code).toBe(1);
    expect(faults.join()).toContain('grant usage on schema analytics');
  });

  test('a failed refresh, switched off triggers and a wrong clock are hints', async () => {
    const url = await makeHealthy('ailing');
    await onServer(
      url,
      `select analytics.record_refresh_failure('test', now(), 'disk full')`,
      'alter table plays disable trigger analytics_queue_delete',
    );
    const { code, hints } = await examine({ DATABASE_URL: url }, () => new Date(Date.now() + 49 * 3_600_000));
    expect(code).toBe(0);
    expect(hints.join('\n')).toContain('disk full');
    expect(hints.join('\n')).toContain('analytics_queue_delete');
    expect(hints.join('\n')).toContain('hours old');
    expect(hints.join('\n')).toMatch(/clock is 1764\d\d\.\d s behind/);
  });

  test('a publication of all tables is no fault, as long as the rows of each can be named', async () => {
    const url = await makeHealthy('published');
    await onServer(url, 'create publication everything for all tables');
    expect(await examine({ DATABASE_URL: url })).toMatchObject({ code: 0, faults: [] });
    await onServer(url, 'alter table analytics.play_queue replica identity default');
    const { code, faults } = await examine({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(faults.join()).toContain('alter table analytics.play_queue replica identity full');
  });

  test('plays outside of their month are noticed', async () => {
    const url = await makeHealthy('stray');
    await onServer(
      url,
      `insert into artists (artist_address, name) values ('a', 'A')`,
      `insert into songs (song_id, title, artist_address, strategy) values ('s', 'S', 'a', 'patronage')`,
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('s', 'l', '2001-02-03Z', 1, 1)`,
    );
    expect((await examine({ DATABASE_URL: url })).text).toContain('plays_default holds plays of 2001-02');
  });

  test('a database that refuses writes cannot be migrated', async () => {
    await makeDatabase('refusing', 'alter database refusing set default_transaction_read_only = on');
    const { code, faults } = await examine({ DATABASE_URL: urlTo('refusing') });
    expect(code).toBe(1);
    expect(faults.join()).toContain('The database is read-only (default_transaction_read_only)');
  });

  test('a standby serves what its primary has filled, and nothing else', async () => {
    await makeHealthy('primary_filled');
    await makeDatabase('primary_empty');
    const unfilledPrimary = openServer({
      connectionString: await makeDatabase('primary_unfilled'),
      statementTimeoutMs: 0,
    });
    await migrate(unfilledPrimary);
    await unfilledPrimary.close();
    const port = await freePort();
    const standby = await cloneServer(server, port, true);
    try {
      standby.start();
      await standby.ready();
      const filled = await examine({ DATABASE_URL: urlTo('primary_filled', port) });
      expect(filled.faults).toEqual([]);
      expect(filled.code).toBe(0);
      expect(filled.hints.join('\n')).toContain('read-only standby');
      const unfilled = await examine({ DATABASE_URL: urlTo('primary_unfilled', port) });
      expect(unfilled.code).toBe(1);
      expect(unfilled.faults.join()).toContain('Not filled yet');
      const empty = await examine({ DATABASE_URL: urlTo('primary_empty', port) });
      expect(empty.code).toBe(1);
      expect(empty.faults.join()).toContain('point DATABASE_URL at the primary');
    } finally {
      await standby.stop();
    }
  });

  test('a transaction pooler needs a direct URL beside it (G-TOPIC-02)', async () => {
    const direct = await makeHealthy('pooled');
    const pooler = await startTransactionPooler(direct, { ignoresParameters: true });
    try {
      const pooled = urlTo('pooled', pooler.port);
      const alone = await examine({ DATABASE_URL: pooled });
      expect(alone.code).toBe(1);
      expect(alone.faults).toEqual([
        expect.stringContaining('DATABASE_URL leads through a transaction pooler'),
      ]);
      const both = await examine({ DATABASE_URL: pooled, DATABASE_DIRECT_URL: direct });
      expect(both.faults).toEqual([]);
      expect(both.code).toBe(0);
      expect(both.text).toContain('✓ A transaction pooler is used, and DATABASE_DIRECT_URL leads past it');
      const inVain = await examine({ DATABASE_URL: pooled, DATABASE_DIRECT_URL: pooled });
      expect(inVain.faults.join()).toContain('DATABASE_DIRECT_URL leads through a transaction pooler, too');
    } finally {
      await pooler.stop();
    }
  });

  test('a pooler that refuses every startup parameter is no fault when there is a way past it', async () => {
    const direct = await makeHealthy('pooled_strictly');
    const pooler = await startTransactionPooler(direct, { ignoresParameters: false });
    try {
      const pooled = urlTo('pooled_strictly', pooler.port);
      const both = await examine({ DATABASE_URL: pooled, DATABASE_DIRECT_URL: direct });
      expect(both.faults).toEqual([]);
      expect(both.code).toBe(0);
      const alone = await examine({ DATABASE_URL: pooled });
      expect(alone.code).toBe(1);
      expect(alone.faults.join()).toContain('Set DATABASE_DIRECT_URL to the server itself');
    } finally {
      await pooler.stop();
    }
  });

  test.skipIf(!findProgram('pgbouncer'))(
    'a pooler by the session that refuses startup parameters is told apart, with the setting that leads past it',
    async () => {
      const direct = await makeHealthy('pooled_by_session');
      const pooler = await startPooler(direct, 'session');
      try {
        const { code, faults } = await examine({ DATABASE_URL: pooler.through(direct) });
        expect(code).toBe(1);
        expect(faults).toHaveLength(1);
        expect(faults[0]).toContain('refuses the parameter');
        expect(faults[0]).toContain('Set DATABASE_DIRECT_URL');
      } finally {
        await pooler.stop();
      }
    },
  );

  test('a schema of another version is noticed', async () => {
    const url = await makeHealthy('other_version');
    await onServer(url, `insert into analytics.migrations (name, checksum) values ('9999_later', 'x')`);
    const newer = await examine({ DATABASE_URL: url });
    expect(newer.code).toBe(0);
    expect(newer.hints.join()).toContain('9999_later');
    await onServer(url, `update analytics.migrations set checksum = 'x' where name like '0001%'`);
    const changed = await examine({ DATABASE_URL: url });
    expect(changed.code).toBe(1);
    expect(changed.faults.join()).toContain('0001_baseline');
  });

  test('functions that a newer gateway changed are noticed, and those that it only made are not', async () => {
    const url = await makeHealthy('newer_functions');
    await onServer(url, `update analytics.migrations set version = '99.1.0'`);
    expect((await examine({ DATABASE_URL: url })).text).toContain('✓ The schema is up to date');
    await onServer(url, `update analytics.migrations set checksum = 'x' where name = 'functions/refresh'`);
    const { code, hints, text } = await examine({ DATABASE_URL: url });
    expect(code).toBe(0);
    expect(hints.join('\n')).toMatch(/The gateway 99\.1\.0, newer than this one \(.*\), changed 1 function/);
    expect(text).not.toContain('The schema is up to date');
  });

  test('a server that is down, a wrong password and a wrong name each say what to correct, and no secret', async () => {
    const port = await freePort();
    const down = await examine({ DATABASE_URL: `postgresql://me:hidden-word@127.0.0.1:${port}/music` });
    expect(down).toMatchObject({
      code: 1,
      lines: [expect.stringContaining(`✗ Nothing listens on 127.0.0.1:${port}`)],
    });
    const password = await examine({ DATABASE_URL: server.url.replace(':postgres@', ':hidden-word@') });
    expect(password).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('refused the user or the password')],
    });
    const name = await examine({ DATABASE_URL: urlTo('no_such_place') });
    expect(name).toMatchObject({
      code: 1,
      lines: [expect.stringContaining('"no_such_place" does not exist')],
    });
    expect(`${down.text}${password.text}`).not.toContain('hidden-word');
  });
});

describe('the embedded database', () => {
  test('is not made by looking for it', async () => {
    const DATA_DIR = path.join(folder, 'absent');
    expect(await examine({ DATA_DIR })).toMatchObject({
      code: 0,
      lines: [expect.stringContaining('serve makes it')],
    });
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  test('is examined like a server, without its extensions and poolers', async () => {
    const DATA_DIR = path.join(folder, 'filled');
    mkdirSync(DATA_DIR);
    await (await createMigratedPglite({ dataDir: path.join(DATA_DIR, 'postgres') })).close();
    const database = await openEmbedded(DATA_DIR);
    await database.query('select analytics.ensure_play_partitions(), refresh_all_materialized_views()');

    const busy = await examine({ DATA_DIR });
    expect(busy.code).toBe(1);
    expect(busy.text).toContain('in use by another process');
    await database.close();

    const { code, faults, text } = await examine({ DATA_DIR });
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    expect(text).toContain('✓ The embedded database has pg_stat_statements, and needs no other extension');
    expect(text).not.toContain('could not be made:');
  });
});
