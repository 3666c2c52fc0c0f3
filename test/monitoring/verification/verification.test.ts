import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../../src/cli/commands/verify.js';
import type { Database } from '../../../src/database/database.js';
import { runVerification } from '../../../src/monitoring/verification/run-verification.js';
import { scheduleVerifications } from '../../../src/monitoring/verification/schedule.js';
import { runCommand } from '../../cli/run-command.js';
import { openFresh } from '../../support/databases.js';
import { loadFixture } from '../../support/fixture.js';
import { type Gateway, startGateway } from '../../support/gateway.js';
import { openServer } from '../../support/open-server.js';
import { migratedTemplate, type PostgresServer, startPostgres } from '../../support/postgres.js';
import { until, waitFor } from '../../support/wait.js';
import { secret, startReceiver } from '../alerts/webhooks/receiver-server.js';

interface Shown {
  readonly available: boolean;
  readonly needs: string | null;
  readonly ranAt: string | null;
  readonly durationMs: number | null;
  readonly generation: number | null;
  readonly asOf: string | null;
  readonly isConsistent: boolean | null;
  readonly differences: readonly { readonly view: string; readonly rows: number }[] | null;
  readonly bypasses: readonly string[] | null;
  readonly error: string | null;
}

async function show(gateway: Gateway): Promise<Shown> {
  const { data, errors } = await gateway.ask(
    `{ monitoring { verification {
      available needs ranAt durationMs generation asOf isConsistent differences { view rows } bypasses error } } }`,
    {},
    'operator',
  );
  expect(errors).toEqual([]);
  return (data as { monitoring: { verification: Shown } }).monitoring.verification;
}

/** The state of the engine says one play more than there is, and so does its view. */
const tamper = (database: Database) =>
  database.query(
    `update analytics.song set plays = plays + 1 where song = (select min(song) from analytics.song where present);
     refresh materialized view mv_song_analytics`,
  );
const mend = (database: Database) => database.query(`select analytics.rebuild('test')`);

let server: PostgresServer;
let database: Database;
let url: string;
let made = 0;
const open: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  server = await startPostgres(18);
});
afterAll(() => server.stop());
beforeEach(async () => {
  const name = `verified_${made++}`;
  const admin = openServer({ connectionString: server.url, poolSize: 1 });
  await admin.query(`create database ${name} template ${migratedTemplate}`);
  await admin.close();
  url = server.url.replace(/\/postgres$/, `/${name}`);
  database = connect();
  await loadFixture(database);
});
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

function connect(): Database {
  const opened = openServer({ connectionString: url });
  open.push(opened);
  return opened;
}

/** Starts a gateway, which closes the database in the end. */
async function serve(over: Database, settings: Readonly<Record<string, string>> = {}): Promise<Gateway> {
  const gateway = await startGateway(over, settings);
  const place = open.indexOf(over);
  if (place >= 0) open.splice(place, 1);
  open.push(gateway);
  return gateway;
}

/** A session that holds the lock of the engine, as a long refresh does. */
async function holdEngine(): Promise<pg.Client> {
  const holder = new pg.Client({ connectionString: url });
  open.push({ close: () => holder.end() });
  await holder.connect();
  await holder.query('begin; select from analytics.engine for update');
  return holder;
}

const waitsForEngine = () =>
  until('a verification that waits', async () => {
    const { rows } = await database.query(
      `select from pg_stat_activity where query like '%verify()%' and wait_event_type = 'Lock' and datname = current_database()`,
    );
    return rows.length > 0;
  });

const running = new AbortController().signal;
const tick = new Date('2026-03-01T03:30:00.000Z');
const nextTick = new Date(Date.now() + 3_600_000);

describe('A schedule of verifications', () => {
  it('finds what was tampered with, in the field, the metrics, the alert and its webhook, until it is mended', async () => {
    const receiver = await startReceiver();
    open.push(receiver);
    const gateway = await serve(database, {
      VERIFY_SCHEDULE: '* * * * * *',
      ALERT_WEBHOOK_URLS: receiver.url,
      ALERT_WEBHOOK_SECRET: secret,
      ALERT_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
    });
    const metrics = async () => (await gateway.fetch('/metrics/database')).text();
    const messages = (state: string) =>
      receiver.received.filter(({ data }) => data.alert === 'verification' && data.state === state);

    await waitFor(async () =>
      expect(await show(gateway)).toEqual({
        available: true,
        needs: null,
        ranAt: expect.any(String),
        durationMs: expect.any(Number),
        generation: 1,
        asOf: '2026-03-01T12:00:00.123456Z',
        isConsistent: true,
        differences: [],
        bypasses: [],
        error: null,
      }),
    );
    await waitFor(async () => expect(await metrics()).toContain('db_verification_completed 1'));
    expect(await metrics()).toMatch(/^db_verification_differences\{view="mv_song_analytics"\} 0$/m);
    expect(await metrics()).toMatch(/^db_verification_last_run_timestamp_seconds 1\d{9}/m);

    await tamper(database);
    await waitFor(async () =>
      expect(await show(gateway)).toMatchObject({
        isConsistent: false,
        differences: [{ view: 'mv_song_analytics', rows: 1 }],
      }),
    );
    await waitFor(async () =>
      expect(await metrics()).toMatch(/^db_verification_differences\{view="mv_song_analytics"\} 1$/m),
    );
    await waitFor(() => expect(messages('firing')).toHaveLength(1));
    expect(messages('firing')[0]?.data).toMatchObject({
      severity: 'critical',
      subject: 'views',
      value: 1,
      threshold: 0,
      unit: 'rows',
      scope: 'database',
      message:
        'The verification found 1 row that is not what the plays say (mv_song_analytics: 1); expected none. `mycelix-analytics verify` names them.',
    });

    await mend(database);
    await waitFor(async () => expect(await show(gateway)).toMatchObject({ isConsistent: true }));
    await waitFor(() => expect(messages('resolved')).toHaveLength(1));
    expect(messages('firing')).toHaveLength(1);
    expect(await metrics()).toMatch(/^db_verification_failures_total 0$/m);
  });

  it('is kept once a tick by any number of gateways, also by one whose clock is late', async () => {
    const gateways = [connect(), connect(), connect(), connect()];
    const run = (at: Date) => (gateway: Database) =>
      runVerification(gateway, { tick: at, limitMs: 60_000, signal: running });
    for (const at of [tick, nextTick]) {
      const outcomes = await Promise.all(gateways.map(run(at)));
      expect(outcomes.sort()).toEqual(['skipped', 'skipped', 'skipped', 'verified']);
      expect(await run(at)(database)).toBe('skipped');
    }
  });

  it('does not begin while another gateway verifies, and keeps nobody from reading', async () => {
    const holder = await holdEngine();
    const first = runVerification(connect(), { tick, limitMs: 60_000, signal: running });
    await waitsForEngine();
    expect(await runVerification(database, { tick: nextTick, limitMs: 60_000, signal: running })).toBe(
      'skipped',
    );
    const { rows } = await database.query('select count(*) from mv_song_analytics');
    expect(rows).toHaveLength(1);
    await holder.query('rollback');
    expect(await first).toBe('verified');
  });

  it('that takes too long is ended, and fails in the table, for every gateway', async () => {
    await holdEngine();
    expect(await runVerification(database, { tick, limitMs: 100, signal: running })).toBe('failed');
    const [last] = (await database.query('select * from analytics.verification')).rows;
    expect(last).toMatchObject({
      ...{ generation: null, as_of: null, differing: null, bypasses: null, failures: 1 },
      error: 'It did not end within 0.1 s (VERIFY_LIMIT_SECONDS), or was cancelled by somebody else.',
    });
    expect(await runVerification(database, { tick, limitMs: 100, signal: running })).toBe('skipped');
  });

  it('ends a verification that is running when the gateway stops, and records nothing of it', async () => {
    await holdEngine();
    const outcomes: string[] = [];
    const schedule = scheduleVerifications({
      schedule: '* * * * * *',
      run: (at, signal) => runVerification(database, { tick: at, limitMs: 60_000, signal }),
      onEnd: (outcome) => void outcomes.push(outcome),
      onFailure: (error) => void outcomes.push(String(error)),
      now: () => new Date(),
      elapsedMs: () => performance.now(),
    });
    schedule.start();
    await waitsForEngine();
    await schedule.stop();
    expect(outcomes).toEqual([]);
    const { rows } = await database.query(
      `select ran_at, failures, (select count(*) from pg_stat_activity where state <> 'idle' and query like '%verify()%' and pid <> pg_backend_pid()) as left
       from analytics.verification`,
    );
    expect(rows).toEqual([{ ran_at: null, failures: 0, left: 0 }]);
  });
});

describe('A verification that failed', () => {
  it('is an alert of every gateway, which repeats nothing that the database said, until one succeeds', async () => {
    const gateways = [await serve(database), await serve(connect())];
    await database.query('alter materialized view mv_genre_stats rename to mv_hidden');
    expect(await runVerification(database, { tick, limitMs: 60_000, signal: running })).toBe('failed');
    const alerts = async (gateway: Gateway) => {
      const { data } = await gateway.ask(
        '{ monitoring { alerts(limit: 200) { kind subject message recovered } } }',
        {},
        'operator',
      );
      const { monitoring } = data as { monitoring: { alerts: { kind: string }[] } };
      return monitoring.alerts.filter(({ kind }) => kind === 'VERIFICATION');
    };
    for (const gateway of gateways) {
      expect(await show(gateway)).toMatchObject({
        ...{ available: true, isConsistent: null, differences: null, generation: null },
        error: expect.stringContaining('mv_genre_stats'),
      });
      await waitFor(async () =>
        expect(await alerts(gateway)).toEqual([
          {
            kind: 'VERIFICATION',
            subject: 'views',
            message:
              'The verification of the views failed; `monitoring { verification { error } }` says why.',
            recovered: false,
          },
        ]),
      );
      const text = await (await gateway.fetch('/metrics/database')).text();
      expect(text).toMatch(/^db_verification_failures_total 1$/m);
      expect(text).toMatch(/^db_verification_completed 0$/m);
      expect(text).not.toMatch(/^db_verification_differences\{/m);
    }
    await database.query('alter materialized view mv_hidden rename to mv_genre_stats');
    expect(await runVerification(database, { tick: nextTick, limitMs: 60_000, signal: running })).toBe(
      'verified',
    );
    for (const gateway of gateways)
      await waitFor(async () => expect(await alerts(gateway)).toMatchObject([{ recovered: true }]));
  });
});

describe('The command verify', () => {
  it('keeps its result for all gateways, and a sample keeps none', async () => {
    const embedded = await openFresh('fixture');
    const gateway = await serve(embedded);
    expect(await show(gateway)).toMatchObject({
      ...{ available: false, ranAt: null, isConsistent: null, differences: null },
      needs: 'A first verification: by VERIFY_SCHEDULE, or by the command `mycelix-analytics verify`.',
    });
    await runCommand(verify, embedded, { sample: 5 });
    expect(await show(gateway)).toMatchObject({ available: false });
    expect((await runCommand(verify, embedded, {})).code).toBe(0);
    expect(await show(gateway)).toMatchObject({ available: true, isConsistent: true, generation: 1 });
    await tamper(embedded);
    expect((await runCommand(verify, embedded, {})).code).toBe(1);
    expect(await show(gateway)).toMatchObject({
      isConsistent: false,
      differences: [{ view: 'mv_song_analytics', rows: 1 }],
    });
  });

  it('names up to 50 rows and counts all of them, those of series under one name', async () => {
    await database.query(
      `insert into songs (song_id, title, artist_address, genre, strategy)
       select 'many-' || i, 'Many', artist_address, genre, strategy from generate_series(1, 80) i, (select * from songs limit 1) song`,
    );
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
       select 'many-' || i, '0x' || i, timestamptz '2026-02-01Z', 1, 1 from generate_series(1, 80) i`,
    );
    await database.query(`select analytics.refresh('test', '2026-03-02Z')`);
    await database.query(
      `update analytics.song set plays = plays + 1 where song_id like 'many-%';
       refresh materialized view mv_song_analytics;
       delete from analytics.series_recent where kind = 'song';
       delete from analytics.series_segment where kind = 'song'`,
    );
    const { rows } = await database.query<{
      verdict: { ok: boolean; differences: unknown[]; differing: Record<string, number> };
    }>('select analytics.verify() as verdict');
    const { ok, differences, differing } = rows[0]!.verdict;
    expect(ok).toBe(false);
    expect(differences).toHaveLength(50);
    // Statements are made of series.
    expect(Object.keys(differing).sort()).toEqual(['mv_song_analytics', 'series', 'statements']);
    expect(differing.mv_song_analytics).toBe(80);
    expect(differing.series).toBeGreaterThanOrEqual(80);
  });
});
