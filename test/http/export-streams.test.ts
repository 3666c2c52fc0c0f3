import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { type Gateway, startGateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';
import { until, waitFor } from '../support/wait.js';

const songs = 15_000;
const operatorSecret = 'the-secret-of-an-operator-in-the-tests';
const applicationName = 'mycelix-analytics export';

let server: PostgresServer;
let database: Database;
let gateway: Gateway;

beforeAll(async () => {
  server = await startPostgres(18);
  const admin = openServer({ connectionString: server.url, poolSize: 1 });
  await admin.query(`create database music template ${migratedTemplate}`);
  await admin.close();
  const connectionString = server.url.replace(/\/postgres$/, '/music');
  database = openServer({ connectionString, poolSize: 4, statementTimeoutMs: 0 });
  // Long enough that no socket takes a list whole.
  await database.query(`
    insert into artists (artist_address, name, created_at) values ('0xa1', 'Somebody', now());
    insert into songs (song_id, title, artist_address, genre, strategy, created_at)
      select 'song-' || n, repeat(md5(n::text), 30), '0xa1', 'Rock', 'auction', now() from generate_series(1, ${songs}) n`);
  await database.query(`select analytics.refresh('test')`);
  gateway = await startGateway(database, {
    LOG_LEVEL: 'debug',
    OPERATOR_KEYS: `ada:${operatorSecret}`,
    // Longer than anything here is waited for: a statement ends because its reader has left, or not at all.
    STATEMENT_LIMIT_SECONDS: '600',
    REQUEST_LIMIT_SECONDS: '700',
  });
});
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
});

/** Opens a download that is not read yet. */
async function open(path: string): Promise<IncomingMessage> {
  const request = get(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${operatorSecret}` } });
  request.on('error', () => {});
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A session of an export that is not idle outside of any transaction. */
interface Busy {
  readonly pid: number;
  readonly state: string;
  readonly waitsFor: string | null;
}

async function listBusy(): Promise<readonly Busy[]> {
  const { rows } = await database.query<Busy>(
    `select pid, state, wait_event_type as "waitsFor" from pg_stat_activity where application_name = $1 and state <> 'idle'`,
    [applicationName],
  );
  return rows;
}

it('is of one refresh from the first row to the last, while others change every number, and waits for its reader', async () => {
  const { rows: before } = await database.query<{ song_id: string; play_count: number }>(
    'select song_id, play_count from mv_song_analytics order by play_count desc, song_id',
  );
  const response = await open('/export/songs.ndjson');
  const generation = Number(response.headers['x-export-generation']);
  for (let refreshes = 1; refreshes <= 3; refreshes += 1) {
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
       select 'song-' || n, '0xb1', now() - interval '1 minute', 30, 0.5 from generate_series(${refreshes}, ${songs}, 5) n`,
    );
    await database.query(`select analytics.refresh('test')`);
  }
  // It is not further than the sockets are large.
  expect((await listBusy()).map(({ state }) => state)).toEqual(['idle in transaction']);
  const lines = (await readAll(response)).trimEnd().split('\n');
  expect(response.complete).toBe(true);
  expect(lines.map((line) => JSON.parse(line)).map(({ songId, playCount }) => [songId, playCount])).toEqual(
    before.map(({ song_id, play_count }) => [song_id, play_count]),
  );
  const head = await gateway.fetch('/export/songs.ndjson', 'public', { method: 'HEAD' });
  expect(Number(head.headers.get('x-export-generation'))).toBe(generation + 3);
  await waitFor(async () => expect(await listBusy()).toEqual([]));
});

it('ends when its reader leaves in the middle, and says so in its log line', async () => {
  const response = await open('/export/songs.csv?fields=songId,title');
  await waitFor(async () => expect(await listBusy()).toHaveLength(1));
  response.destroy();
  await waitFor(async () => expect(await listBusy()).toEqual([]));
  await waitFor(() => {
    const lines = gateway.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const [line, ...others] = lines.filter(({ isBroken }) => isBroken === true);
    expect(line).toMatchObject({
      msg: 'answered',
      route: '/export/songs.csv',
      status: 200,
      viewer: 'operator',
    });
    expect(others).toEqual([]);
  });
});

it('cancels the statement of a reader who leaves before there are rows', async () => {
  const other = new pg.Client(server.url.replace(/\/postgres$/, '/music'));
  await other.connect();
  try {
    await other.query('begin; refresh materialized view mv_song_analytics');
    const leaving = new AbortController();
    const left = gateway
      .fetch('/export/songs.csv', 'operator', { signal: leaving.signal })
      .catch(() => 'left');
    await until('a statement that waits', async () =>
      (await listBusy()).some(({ waitsFor }) => waitsFor === 'Lock'),
    );
    leaving.abort();
    expect(await left).toBe('left');
    // The lock is still held, so nothing but a cancellation ends it before its limit.
    await waitFor(async () => expect(await listBusy()).toEqual([]));
    expect(gateway.lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  } finally {
    await other.query('rollback');
    await other.end();
  }
});

it('breaks off when the database fails in the middle, and looks complete to nobody', async () => {
  const response = await open('/export/songs.csv');
  const [session] = await until('a session', async () => {
    const busy = await listBusy();
    return busy.length > 0 ? busy : null;
  });
  await database.query('select pg_terminate_backend($1)', [session?.pid]);
  await expect(readAll(response)).rejects.toThrow(/aborted|ECONNRESET/);
  expect(response.complete).toBe(false);
});

it('is refused when too many run; questions are answered all the while', async () => {
  const running = await Promise.all(Array.from({ length: 4 }, () => open('/export/songs.csv')));
  expect(running.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  const refused = await gateway.fetch('/export/songs.csv', 'operator');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect(await refused.json()).toMatchObject({
    errors: [
      {
        message:
          'The export: expected at most 4 at once for everybody, got one more; try again when one has ended.',
        extensions: { code: 'UNAVAILABLE' },
      },
    ],
  });
  expect((await gateway.ask('{ songs(first: 100) { nodes { title } } }')).errors).toEqual([]);
  for (const response of running) response.destroy();
  await waitFor(async () =>
    expect((await gateway.fetch('/export/artists.csv', 'operator')).status).toBe(200),
  );
});
