import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { secret, startReceiver } from '../monitoring/alerts/webhooks/receiver-server.js';
import type { Exchange } from '../support/exchange.js';
import { migratedTemplate, type PostgresServer, startPostgres } from '../support/postgres.js';
import { until, waitFor } from '../support/wait.js';
import { isAlive, startServe, startWorkers, type WorkerGateway } from './worker-gateway.js';

const stats = '{ platformStats { totalPlays } }';
const burst = 100_000;
let server: PostgresServer;
let url: string;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  const admin = new pg.Client(server.url);
  await admin.connect();
  await admin.query(`create database workers template ${migratedTemplate}`);
  await admin.end();
  url = server.url.replace(/postgres$/, 'workers');
  client = new pg.Client(url);
  await client.connect();
  await client.query(`
    insert into artists (artist_address, name, created_at) select '0xa' || n, 'Artist ' || n, '2026-01-01' from generate_series(1, 5) n;
    insert into songs (song_id, title, artist_address, genre, strategy, created_at)
      select 'song-' || n, 'Song ' || n, '0xa' || 1 + n % 5, 'Dub', 'gift-economy', '2026-01-01' from generate_series(1, 50) n`);
  await addPlays(100);
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
});

const addPlays = (count: number) =>
  client.query(
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
     select 'song-' || 1 + n % 50, '0xb' || n % 7, now() - n * interval '1 minute', 60, 1 from generate_series(1, $1::int) n`,
    [count],
  );

describe('Two workers', () => {
  let gateway: WorkerGateway;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  beforeAll(async () => {
    receiver = await startReceiver();
    gateway = await startWorkers({
      DATABASE_URL: url,
      REFRESH_SCHEDULE: '* * * * * *',
      LOG_LEVEL: 'debug',
      LIMITS: `public.rate:1,public.burst:${burst}`,
      ALERT_WEBHOOK_URLS: receiver.url,
      ALERT_WEBHOOK_SECRET: secret,
      ALERT_WEBHOOK_ALLOW_PRIVATE: '127.0.0.1',
    });
  });
  afterAll(async () => {
    gateway?.kill('SIGKILL');
    await receiver?.close();
  });

  /** The numbers of the workers that wrote such a line. */
  const writersOf = (message: string, from = 0) =>
    new Set(
      gateway.lines
        .slice(from)
        .filter(({ msg, route }) => msg === message && (message !== 'answered' || route === '/graphql'))
        .map(({ worker }) => worker),
    );
  const bothServe = () => until('two workers', () => gateway.workers().size === 2);

  it('answer on one port, which is said once', async () => {
    await until('answers of both', async () => {
      expect((await gateway.ask(stats)).status).toBe(200);
      return writersOf('answered').size === 2;
    });
    expect(gateway.said.filter((line) => line.startsWith('Dashboard'))).toEqual([
      `Dashboard             ${gateway.url}/dashboard`,
    ]);
    expect(gateway.said.filter((line) => line === 'Ready.')).toHaveLength(1);
  });

  it('give the same bytes and the same tag, which each of them knows from the other', async () => {
    await until('one refresh for four answers', async () => {
      const answers: Exchange[] = [];
      for (let n = 0; n < 4; n++) answers.push(await gateway.ask(stats, { extensions: { freshness: true } }));
      const [first] = answers;
      if (new Set(answers.map(({ headers }) => headers.etag)).size > 1) return false;
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      const polls = [];
      for (let n = 0; n < 4; n++)
        polls.push(
          await gateway.ask(stats, {
            extensions: { freshness: true },
            headers: { 'if-none-match': first?.headers.etag as string },
          }),
        );
      return polls.every(({ status }) => status === 304);
    });
  });

  it('count together, whichever is asked for the metrics', async () => {
    const counted = async () =>
      [...(await gateway.metrics()).matchAll(/_duration_seconds_count\{route="\/graphql".*\} (\d+)/g)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    const logged = () =>
      gateway.lines.filter(({ msg, route }) => msg === 'answered' && route === '/graphql').length;
    const before = await waitFor(async () => {
      const count = await counted();
      expect(count).toBe(logged());
      return count;
    });
    for (let n = 0; n < 10; n++) await gateway.ask(stats);
    // A worker that cannot answer in half a second is left out, and one counts an answer just after it was given.
    for (let n = 0; n < 4; n++) await waitFor(async () => expect(await counted()).toBe(before + 10));
    await waitFor(() => expect(logged()).toBe(before + 10));
    await waitFor(async () => {
      const text = await gateway.metrics();
      expect(text).toContain('gateway_workers{state="ready"} 2\n');
      expect(text).toContain('db_pool_connections_max 10\n');
      for (const worker of ['1', '2', 'primary'])
        expect(text).toMatch(new RegExp(`process_resident_memory_bytes\\{worker="${worker}"\\} \\d`));
      expect(text.match(/^db_up 1$/gm)).toHaveLength(1);
    });
  });

  it('have the thresholds that one of them was given, keep one list of alerts and send each once', async () => {
    const slowQueryMs = async () =>
      (
        await gateway.operate<{ monitoring: { thresholds: { slowQueryMs: number } } }>(
          '{ monitoring { thresholds { slowQueryMs } } }',
        )
      ).monitoring.thresholds.slowQueryMs;
    const lock = new pg.Client(url);
    await lock.connect();
    const firing = () =>
      receiver.received.filter(
        ({ data }) => data.subject === 'songs.page' && data.alert === 'slowQuery' && data.state === 'firing',
      );
    try {
      await gateway.operate('mutation { setThresholds(slowQueryMs: 7) { slowQueryMs } }');
      for (let n = 0; n < 4; n++) await waitFor(async () => expect(await slowQueryMs()).toBe(7));

      await lock.query('begin; refresh materialized view mv_song_analytics');
      const from = gateway.lines.length;
      const slow = [1, 2].map((n) => gateway.ask(`{ songs(first: ${n}) { nodes { title } } }`));
      await until('two queries behind the lock', async () => {
        const { rows } = await client.query(
          `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'mycelix-analytics'`,
        );
        return rows[0].count === 2;
      });
      await sleep(10);
      await lock.query('rollback');
      expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
      await until('both of them', () => writersOf('answered', from).size === 2);
      await until('the alert', () => firing().length > 0);
      await waitFor(async () => {
        const { monitoring } = await gateway.operate<{
          monitoring: {
            alerts: { subject: string; count: string; recovered: boolean }[];
            slowQueries: { name: string }[];
          };
        }>(
          '{ monitoring { alerts(limit: 100) { subject count recovered } slowQueries(limit: 500) { name } } }',
        );
        const alerts = monitoring.alerts.filter(
          ({ subject, recovered }) => subject === 'songs.page' && !recovered,
        );
        expect(alerts).toHaveLength(1);
        // What the two workers saw comes a tenth of a second later.
        expect(Number(alerts[0]?.count)).toBeGreaterThan(1);
        expect(monitoring.slowQueries.filter(({ name }) => name === 'songs.page').length).toBeGreaterThan(1);
      });
      expect(firing()).toHaveLength(1);
    } finally {
      await lock.end();
    }
  });

  it('add up what operators see, and forget it together', async () => {
    await gateway.operate('mutation { setThresholds(slowQueryMs: 3600000) { slowQueryMs } }');
    await gateway.operate('mutation { clearQueryMetrics }');
    for (let n = 0; n < 4; n++)
      await waitFor(async () =>
        expect(await gateway.operate('{ monitoring { slowQueries(limit: 500) { name } } }')).toEqual({
          monitoring: { slowQueries: [] },
        }),
      );
    for (let n = 0; n < 8; n++) await gateway.ask(`{ songs(first: ${10 + n}) { nodes { title } } }`);
    for (let n = 0; n < 2; n++)
      await waitFor(async () => {
        const { monitoring } = await gateway.operate<{
          monitoring: { queryStats: { byName: { name: string; totalQueries: string }[] }; pool: object };
        }>('{ monitoring { queryStats { byName { name totalQueries } } pool { max } } }');
        const { byName } = monitoring.queryStats;
        const total = byName.find(({ name }) => name === 'songs.page')?.totalQueries;
        // A refresh may have been shown between two questions, for which some are asked again.
        expect(Number(total)).toBeGreaterThanOrEqual(8);
        expect(monitoring.pool).toEqual({ max: 10 });
      });
  });

  it('give a client as much as one process would, and little more', async () => {
    const client = '203.0.113.77';
    let granted = 0;
    let cost = Number.NaN;
    /** Whether it was granted. The workers take turns, and tell each other in between. */
    const spend = async (number: number) => {
      await sleep(40);
      const query = `{ songs(first: 20, filter: { title: { contains: "Song ${number}" } }) { totalCount } }`;
      const { status, json } = await gateway.ask(query, { client, extensions: { cost: true } });
      expect([200, 429]).toContain(status);
      if (status === 429) return false;
      cost = (json as { extensions: { cost: { requested: number } } }).extensions.cost.requested;
      granted += 1;
      return true;
    };
    for (let number = 0, refused = 0; refused < 6; number++)
      refused = (await spend(number)) ? 0 : refused + 1;
    const ofOne = Math.floor(burst / cost);
    expect(ofOne).toBeGreaterThan(10);
    expect(granted).toBeGreaterThanOrEqual(ofOne - 1);
    expect(granted).toBeLessThan(ofOne * 1.7);
    expect((await gateway.ask(stats, { client: '198.18.0.1' })).status).toBe(200);
  });

  it('leave refreshes to one of them, and to the other one when it dies, one refresh a tick', async () => {
    const refreshers = (from: number) => writersOf('refresh', from);
    const from = gateway.lines.length;
    await until(
      'three refreshes',
      () => gateway.lines.slice(from).filter(({ msg }) => msg === 'refresh').length > 2,
    );
    expect(refreshers(from).size).toBe(1);
    const leader = gateway.leader();
    process.kill(leader, 'SIGKILL');
    await until('another leader', () => gateway.leader() !== leader);
    const then = gateway.lines.length;
    await until(
      'three refreshes more',
      () => gateway.lines.slice(then).filter(({ msg }) => msg === 'refresh').length > 2,
    );
    expect(refreshers(then).size).toBe(1);
    expect(refreshers(then)).not.toEqual(refreshers(from));
    await bothServe();
    const { rows } = await client.query(
      `select date_trunc('second', started_at) from analytics.refresh_ledger where trigger = 'schedule' and error is null
       group by 1 having count(*) > 1`,
    );
    expect(rows).toEqual([]);
  });

  it('are replaced when they are killed, and nobody sees numbers go back or wrong ones meanwhile', async () => {
    const seen: { asOf: string; totalPlays: number }[][] = [[], [], [], []];
    const faults: string[] = [];
    let isOver = false;
    const poll = async (history: (typeof seen)[number], index: number) => {
      let etag = '';
      let last = await gateway.ask(stats, { extensions: { freshness: true } });
      for (; !isOver; await sleep(5)) {
        const asked = gateway.ask(stats, {
          client: `198.51.${100 + index}.1`,
          extensions: { freshness: true },
          headers: etag && index % 2 === 0 ? { 'if-none-match': etag } : {},
        });
        // A connection that was on its way to a killed worker may be left without an end.
        const answer = await Promise.race([asked, sleep(3_000, null, { ref: false })]).catch(() => null);
        if (!answer) continue;
        if (answer.status === 200) last = answer;
        else if (answer.status !== 304) faults.push(`${answer.status} ${answer.text}`);
        etag = last.headers.etag as string;
        const { data, extensions } = last.json as {
          data: { platformStats: { totalPlays: number } };
          extensions: { freshness: { asOf: string } };
        };
        history.push({ asOf: extensions.freshness.asOf, totalPlays: Number(data.platformStats.totalPlays) });
      }
    };
    const polling = seen.map(poll);
    const count = () => seen.reduce((sum, { length }) => sum + length, 0);
    for (let round = 0; round < 8; round++) {
      // One of them does not hear of the next refresh.
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mycelix-analytics listener'
         order by random() limit 1`,
      );
      await addPlays(10);
      await client.query(`select analytics.refresh('test')`);
      const before = count();
      await until('answers', () => count() > before + 20);
      if (round % 3 === 2) {
        const victims = [...gateway.workers().values()];
        const victim = victims[round % victims.length] ?? 0;
        process.kill(victim, 'SIGKILL');
        await until('another worker', () => {
          const living = [...gateway.workers().values()];
          return living.length === 2 && !living.includes(victim);
        });
      }
    }
    isOver = true;
    await Promise.all(polling);
    const totals = new Map<string, number>();
    for (const history of seen) {
      expect(history.length).toBeGreaterThan(20);
      let newest = '';
      for (const { asOf, totalPlays } of history) {
        if (asOf < newest) faults.push(`as of ${asOf} after ${newest}`);
        newest = asOf;
        if (totalPlays !== (totals.get(asOf) ?? totalPlays)) faults.push(`two totals at ${asOf}`);
        totals.set(asOf, totalPlays);
      }
    }
    expect(faults).toEqual([]);
    const inOrder = [...totals].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, total]) => total);
    expect(inOrder).toEqual([...inOrder].sort((one, other) => one - other));
    await waitFor(async () => {
      const shown = await gateway.metrics();
      expect(shown).toContain('gateway_workers{state="ready"} 2\n');
      expect(shown).toContain('gateway_worker_losses_total 3\n');
    });
  });

  it('are replaced when their event loop stands still, and another one leads', async () => {
    await bothServe();
    const stopped = gateway.leader();
    const from = gateway.lines.length;
    process.kill(stopped, 'SIGSTOP');
    await until('another leader', () => gateway.leader() !== stopped);
    await until('another worker', () => {
      const living = [...gateway.workers().values()];
      return living.length === 2 && !living.includes(stopped);
    });
    const ended = gateway.lines
      .slice(from)
      .filter(({ msg }) => msg === 'a worker says nothing any more and is ended');
    expect(ended).toMatchObject([{ pid: stopped }]);
    const refreshed = gateway.lines.length;
    await until('a refresh', () => gateway.lines.slice(refreshed).some(({ msg }) => msg === 'refresh'));
    for (let count = 0; count < 4; count++) expect((await gateway.ask(stats)).status).toBe(200);
  });

  it('are renewed by SIGHUP one after the other, without a refused request', async () => {
    const before = gateway.workers();
    const faults: string[] = [];
    let isOver = false;
    const asking = [1, 2, 3, 4].map(async (index) => {
      for (; !isOver; await sleep(5))
        await gateway.ask(stats, { client: `198.51.${100 + index}.1` }).then(
          ({ status }) => status === 200 || faults.push(String(status)),
          (error) => faults.push(String(error)),
        );
    });
    gateway.kill('SIGHUP');
    await until('their renewal', () =>
      gateway.lines.some(({ msg }) => msg === 'the workers have been renewed'),
    );
    isOver = true;
    await Promise.all(asking);
    expect(faults).toEqual([]);
    const after = gateway.workers();
    expect(after.size).toBe(2);
    for (const pid of before.values()) expect([...after.values()]).not.toContain(pid);
  });

  it('answer what they have taken when the gateway is told to stop', async () => {
    const lock = new pg.Client(url);
    await lock.connect();
    await lock.query('begin; refresh materialized view mv_genre_stats');
    const asked = gateway.ask('{ genres { genre } }');
    await until('a question behind the lock', async () => {
      const { rows } = await client.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'mycelix-analytics'`,
      );
      return rows.length === 1;
    });
    const { workers } = gateway;
    const pids = [...workers().values()];
    gateway.kill('SIGTERM');
    // One that comes in the very moment in which the last worker stops accepting may be left without an answer.
    await until('no answers over new connections', () =>
      fetch(gateway.url, { signal: AbortSignal.timeout(1_000) }).then(
        () => false,
        () => true,
      ),
    );
    await lock.query('rollback');
    await lock.end();
    expect(await asked).toMatchObject({ status: 200, headers: { connection: 'close' } });
    expect(await gateway.ended).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});

test('A primary process that is killed leaves no worker and no connection behind', async () => {
  const gateway = await startWorkers({ DATABASE_URL: url, REFRESH_SCHEDULE: 'off', LOG_LEVEL: 'info' });
  const pids = [...gateway.workers().values()];
  expect(pids).toHaveLength(2);
  gateway.kill('SIGKILL');
  await until('the end of its workers', () => !pids.some(isAlive));
  await until('the end of their connections', async () => {
    const { rows } = await client.query(
      `select from pg_stat_activity where application_name like 'mycelix-analytics%'`,
    );
    return rows.length === 0;
  });
});

test('A port that is taken ends all of it with one clear message', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const child = startServe({ DATABASE_URL: url, PORT: String(port), LOG_LEVEL: 'silent' });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  expect(said).toBe(
    `Something else listens on 127.0.0.1:${port}. Stop it, or set PORT to another one; PORT=0 takes any that is free.\n`,
  );
  expect(code).toBe(1);
  other.close();
});
