import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.js';
import { examine } from '../../src/doctor/examine.js';
import type { Finding } from '../../src/doctor/finding.js';
import { alice } from '../support/fixture.js';
import type { Gateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Standby, startStandby } from '../support/standby.js';
import { until } from '../support/wait.js';
import {
  countPrimaryReads,
  listReplicas,
  makeMusic,
  musicAt,
  startReadingGateway,
  untilReplica,
} from './music.js';

let turn = 0;
/** A question that was never asked before, so that it is read; of two statements. */
const newQuestion = () => {
  turn += 1;
  return `{ songs(first: 3, filter: { playCount: { gte: ${-turn} } }) { nodes { songId playCount artist { totalPlays } } } }`;
};

describe('A gateway with a read replica', () => {
  let primary: PostgresServer;
  let standby: Standby;
  let gateway: Gateway;
  let writing: pg.Client;
  beforeAll(async () => {
    primary = await startPostgres(18, ['-c', 'synchronous_commit=on']);
    await makeMusic(primary);
    standby = await startStandby(primary);
    // Kept answers would be asked for again after each refresh, at whoever is there by then.
    gateway = await startReadingGateway(primary, [standby], { RESPONSE_CACHE: 'off', LOG_LEVEL: 'debug' });
    writing = new pg.Client(musicAt(primary));
    await writing.connect();
  });
  afterAll(async () => {
    await writing?.end();
    await gateway?.close();
    await standby?.stop();
    await primary?.stop();
  });

  /** Adds a play and refreshes. @returns how many plays there are, and the generation. */
  const refresh = async () => {
    await writing.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('song-01', '0xe1', now(), 60, 1)`,
    );
    const { rows } = await writing.query<{ generation: number; plays: number }>(
      `select (analytics.refresh('test') ->> 'generation')::int as generation, (select count(*)::int from plays) as plays`,
    );
    return rows[0]!;
  };
  const isRead = (generation?: number) =>
    untilReplica(
      gateway,
      'read from',
      (replica) => replica.isEligible && replica.generation === (generation ?? replica.generation),
    );
  const readPlays = async () => {
    const { platformStats } = (await gateway.read('{ platformStats { totalPlays } }' as never)) as {
      platformStats: { totalPlays: number };
    };
    return platformStats.totalPlays;
  };

  it('asks the replica and not the primary, after each refresh as soon as it has that', async () => {
    for (let round = 0; round < 5; round++) {
      const { generation } = await refresh();
      const before = await isRead(generation);
      const primaryReads = await countPrimaryReads(gateway);
      for (let question = 0; question < 5; question++)
        expect((await gateway.ask(newQuestion())).errors).toEqual([]);
      const [after] = await listReplicas(gateway);
      expect(after!.readsAnswered - before.readsAnswered).toBe(10);
      expect(await countPrimaryReads(gateway)).toBe(primaryReads);
    }
  });

  it('asks it for one viewer, too, and the primary for what is read as it is now', async () => {
    const before = await isRead();
    const primaryReads = await countPrimaryReads(gateway);
    const { data } = await gateway.ask(
      `{ listener(address: "${alice}") { totalPlays recentPlays(first: 1) { playedAt } } }`,
      {},
      alice,
    );
    expect(data).toMatchObject({ listener: { totalPlays: expect.any(Number) } });
    expect((await listReplicas(gateway))[0]!.readsAnswered - before.readsAnswered).toBe(1);
    expect(await countPrimaryReads(gateway)).toBe(primaryReads + 1);
  });

  it('asks the primary again what the replica has no row for, because nothing says of which refresh that is', async () => {
    const before = await isRead();
    const primaryReads = await countPrimaryReads(gateway);
    expect(await gateway.ask('{ genre(name: "none") { totalPlays } }')).toMatchObject({
      data: { genre: null },
    });
    const [after] = await listReplicas(gateway);
    expect(after!.readsDiscarded).toBe(before.readsDiscarded + 1);
    expect(after!.readsAnswered).toBe(before.readsAnswered);
    expect(await countPrimaryReads(gateway)).toBe(primaryReads + 1);
  });

  it('tells of the new refresh while replay is paused, from the primary, and asks the replica again afterwards', async () => {
    await isRead();
    await standby.ask('select pg_wal_replay_pause()');
    const { plays } = await refresh();
    await until('the new number', async () => (await readPlays()) === plays);
    const paused = await untilReplica(gateway, 'paused', ({ reason }) => reason?.includes('paused') === true);
    expect(paused).toMatchObject({ isEligible: false });
    const primaryReads = await countPrimaryReads(gateway);
    expect(await readPlays()).toBe(plays);
    expect(await countPrimaryReads(gateway)).toBe(primaryReads + 1);
    await untilReplica(
      gateway,
      'behind',
      ({ lagBytes, lagSeconds }) => Number(lagBytes) > 0 && Number(lagSeconds) > 0,
    );
    const metrics = await (await gateway.fetch('/metrics')).text();
    const name = `127.0.0.1:${standby.port}`;
    expect(metrics).toContain(`gateway_replica_eligible{replica="${name}"} 0`);
    expect(metrics).toMatch(new RegExp(`gateway_replica_lag_bytes{replica="${name}"} [1-9]`));
    expect(metrics).toMatch(new RegExp(`gateway_replica_lag_seconds{replica="${name}"} \\d`));
    await standby.ask('select pg_wal_replay_resume()');
    const resumed = await isRead();
    expect(await readPlays()).toBe(plays);
    expect((await listReplicas(gateway))[0]!.readsAnswered).toBe(resumed.readsAnswered + 1);
  });

  it('answers from the primary while the replica is dead, without an error', async () => {
    await isRead();
    await standby.kill();
    for (let question = 0; question < 5; question++)
      expect((await gateway.ask(newQuestion())).errors).toEqual([]);
    const dead = await untilReplica(gateway, 'dead', ({ isEligible }) => !isEligible);
    expect(dead.reason).toBe(`Nothing listens on 127.0.0.1:${standby.port}.`);
    await standby.start();
    const { readsAnswered } = await isRead();
    expect((await gateway.ask(newQuestion())).errors).toEqual([]);
    expect((await listReplicas(gateway))[0]!.readsAnswered).toBeGreaterThan(readsAnswered);
  });

  it('is told by doctor that the replica is fit, and which of its settings lets refreshes cancel reads', async () => {
    const config = readConfig({ DATABASE_URL: musicAt(primary), DATABASE_READ_URLS: musicAt(standby) });
    const database = openServer({ connectionString: musicAt(primary), poolSize: 2 });
    const findings: Finding[] = [];
    for await (const finding of examine(database, config, () => new Date())) findings.push(finding);
    await database.close();
    const ofReplica = findings.filter(({ title }) => title.includes(`127.0.0.1:${standby.port}`));
    expect(ofReplica).toEqual([
      { level: 'ok', title: expect.stringMatching(/is a standby of this database, and shows refresh \d+$/) },
      {
        level: 'hint',
        title: expect.stringContaining('hot_standby_feedback is off: after 30s'),
        advice: expect.stringContaining('alter system set hot_standby_feedback = on'),
      },
    ]);
  });

  it('asks it in transactions where DATABASE_DIRECT_URL leads past a pooler, as it asks the primary', async () => {
    const pooled = await startReadingGateway(primary, [standby], { DATABASE_DIRECT_URL: musicAt(primary) });
    const { readsAnswered } = await untilReplica(pooled, 'read from', ({ isEligible }) => isEligible);
    expect((await pooled.ask(newQuestion())).errors).toEqual([]);
    expect((await listReplicas(pooled))[0]!.readsAnswered).toBe(readsAnswered + 2);
    const transactions = await standby.ask(
      `select from pg_stat_activity where datname = 'music' and application_name = 'mycelix-analytics' and query = 'commit'`,
    );
    expect(transactions.length).toBeGreaterThan(0);
    await pooled.close();
  });

  it('asks the primary at once what replay cancels on the replica', async () => {
    await standby.ask('alter system set max_standby_streaming_delay = 0');
    await standby.ask('select pg_reload_conf()');
    await writing.query('create table scratch as select from generate_series(1, 100)');
    await writing.query(`
      create or replace function analytics.read_active_listeners(granularity text, last int)
      returns table (starts_at timestamptz, ends_at timestamptz, listeners bigint, as_of timestamptz) language plpgsql as $$
      begin
        if pg_is_in_recovery() then perform pg_sleep(60); end if;
        return query select now(), now(), 7::bigint, now();
      end $$`);
    await isRead();
    const before = await untilReplica(gateway, 'level', ({ lagBytes }) => lagBytes === 0);
    const answer = gateway.ask('{ platformStats { activeListeners { buckets { listeners } } } }');
    await until('a reader on the replica', async () => {
      const reading = await standby.ask(`select from pg_stat_activity where wait_event = 'PgSleep'`);
      return reading.length > 0;
    });
    // Takes away rows that the reader could still see.
    await writing.query('delete from scratch');
    await writing.query('vacuum scratch');
    const after = await untilReplica(
      gateway,
      'failed',
      (replica) => replica.readsFailedOver > before.readsFailedOver,
    );
    expect(after.isEligible).toBe(true);
    expect(await answer).toMatchObject({
      errors: [],
      data: { platformStats: { activeListeners: { buckets: [{ listeners: 7 }] } } },
    });
    const told = gateway.lines.filter((line) => line.includes('a read is asked elsewhere')).at(-1);
    expect(told).toContain('canceling statement due to conflict with recovery');
    expect(told).toContain('40001');
  });

  it('asks nobody else what ran into its time limit, or what its client does not wait for', async () => {
    const hasty = await startReadingGateway(primary, [standby], {
      DATABASE_WAIT_SECONDS: '1',
      STATEMENT_LIMIT_SECONDS: '2',
    });
    await untilReplica(hasty, 'read from', ({ isEligible }) => isEligible);
    const isReading = async () =>
      (await standby.ask(`select from pg_stat_activity where wait_event = 'PgSleep'`)).length > 0;
    const primaryReads = await countPrimaryReads(hasty);
    const leaving = new AbortController();
    const left = hasty.fetch('/graphql', 'public', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ platformStats { activeListeners(last: 2) { buckets { listeners } } } }',
      }),
      signal: leaving.signal,
    });
    await until('a reader on the replica', isReading);
    leaving.abort();
    await expect(left).rejects.toThrow();
    await until('the end of its statement', async () => !(await isReading()));
    const { errors } = await hasty.ask('{ platformStats { activeListeners { buckets { listeners } } } }');
    expect(errors[0]?.extensions.code).toBe('TIMEOUT');
    expect((await listReplicas(hasty))[0]).toMatchObject({ isEligible: true, readsFailedOver: 0 });
    expect(await countPrimaryReads(hasty)).toBe(primaryReads);
    await hasty.close();
  });
});
