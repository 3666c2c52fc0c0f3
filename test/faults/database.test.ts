import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGateway } from '../refresh/gateway-process.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';
import { Client, type Kind, kindOf, percentile } from './client.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { aside, type Gateway, prepareWorld, startGateway } from './gateway.js';
import { cached, count, type Load, startLoad, uncached } from './load.js';

/** Longer by command: `FAULTS=long npx vitest run test/faults`. */
const isLong = process.env.FAULTS === 'long';
const show = (title: string, figures: object) => console.log(`${title}: ${JSON.stringify(figures)}`);

describe('A gateway whose database is in trouble', () => {
  let server: PostgresServer;
  let proxy: FaultProxy;
  /** Its limits are the defaults, which no query of the tests comes near on any machine. */
  let gateway: Gateway;
  /** Its limits are short, for the tests in which they end statements. */
  let impatient: Gateway;
  const limits = isLong ? { statement: 10, request: 15 } : { statement: 2, request: 3 };
  beforeAll(async () => {
    buildGateway();
    server = await startPostgres(18);
    await prepareWorld(server);
    proxy = await startFaultProxy(server.port);
    gateway = await startGateway(proxy.through(server.url));
    impatient = await startGateway(proxy.through(server.url), {
      STATEMENT_LIMIT_SECONDS: String(limits.statement),
      REQUEST_LIMIT_SECONDS: String(limits.request),
      DATABASE_WAIT_SECONDS: '1',
    });
  });
  afterAll(async () => {
    await Promise.all([gateway?.end('SIGTERM'), impatient?.end('SIGTERM')]);
    await proxy?.stop();
    await server?.stop();
  });

  const untilWell = async (which = gateway) => {
    const client = new Client(which.url);
    let well = 0;
    await until('ten answers in a row', async () => {
      well = kindOf(await client.ask(uncached().parameters)) === 'answer' ? well + 1 : 0;
      return well === 10;
    });
    client.leave();
  };
  /** Waits until so many questions that were asked after an instant have been told of. */
  const untilTold = (load: Load, many: number, sinceMs: number, kind?: Kind) =>
    until(`${many} of ${kind ?? 'any kind'}`, () => {
      const found = load.told.filter((told) => told.askedAtMs > sinceMs && (!kind || told.kind === kind));
      return found.length >= many && found;
    });

  it('lives through a crash of it, shows what it knew meanwhile, and answers again by itself when it is back', async () => {
    const polls = startLoad(gateway.url, { clients: 8, pauseMs: 5, ask: cached });
    const questions = startLoad(gateway.url, { clients: 8, pauseMs: 5, ask: uncached });
    await untilTold(polls, 100, 0);
    await untilTold(questions, 100, 0);
    if (isLong) await sleep(10_000);
    // Certainly away: from when the server's process has ended until it is started again.
    let endedAt = 0;
    let startedAt = 0;
    await server.crash(async () => {
      endedAt = performance.now();
      if (isLong) await sleep(10_000);
      else await untilTold(questions, 110, endedAt, 'unavailable');
      startedAt = performance.now();
    });
    const backAt = performance.now();
    const first = (await untilTold(questions, 1, backAt, 'answer'))[0];
    await untilTold(questions, 100, backAt, 'answer');
    if (isLong) await sleep(10_000);
    await Promise.all([polls.stop(), questions.stop()]);
    const away = questions.told.filter(
      ({ askedAtMs, durationMs }) => askedAtMs > endedAt && askedAtMs + durationMs < startedAt,
    );
    const answered = polls.told.filter(({ kind }) => kind === 'answer' || kind === 'stale').length;
    const figures = {
      backAfterMs: first && first.askedAtMs + first.durationMs - backAt,
      polls: count(polls.told),
      answeredShare: answered / polls.told.length,
      questions: count(questions.told),
      slowestWhileAwayMs: Math.max(...away.map(({ durationMs }) => durationMs)),
    };
    show('crash', figures);
    expect(gateway.isAlive()).toBe(true);
    expect(figures.answeredShare).toBeGreaterThan(0.99);
    expect(away.length).toBeGreaterThanOrEqual(100);
    expect(new Set(questions.told.map(({ kind }) => kind))).toEqual(new Set(['answer', 'unavailable']));
    expect(away.every(({ kind }) => kind === 'unavailable')).toBe(true);
    expect(away.every(({ head }) => /\r\nretry-after: \d/i.test(head))).toBe(true);
    if (isLong) expect(figures.backAfterMs).toBeLessThan(2_000);
  });

  it('keeps nobody waiting for good when its bytes are swallowed, and reads nothing wrong afterwards', async () => {
    await untilWell(impatient);
    const questions = startLoad(impatient.url, { clients: 20, pauseMs: 20, ask: uncached });
    await untilTold(questions, 20, 0, 'answer');
    const lostAt = performance.now();
    proxy.become('hole');
    // While nothing comes back: the limits alone end what every client waits for, more than once.
    await untilTold(questions, 40, lostAt);
    if (isLong) await sleep(20_000);
    proxy.become('none');
    const healedAt = performance.now();
    await untilWell(impatient);
    const wellAfterMs = performance.now() - healedAt;
    await questions.stop();
    const after: string[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const client = new Client(impatient.url);
        for (let each = 0; each < 100; each++) {
          const { parameters, expected } = uncached();
          const told = await client.ask(parameters);
          if (kindOf(told) !== 'answer' || !told.text.includes(expected)) after.push(told.text);
        }
        client.leave();
      }),
    );
    const slowestMs = Math.max(...questions.told.map(({ durationMs }) => durationMs));
    show('black hole', { slowestMs, wellAfterMs, ...count(questions.told), faultsAfter: after.length });
    expect(after).toEqual([]);
    expect(questions.told.filter(({ isWrong }) => isWrong)).toEqual([]);
    expect(count(questions.told)).toHaveProperty('timeout');
    expect(count(questions.told)).not.toHaveProperty('other error');
    expect(count(questions.told)).not.toHaveProperty('broken');
    if (isLong) expect(slowestMs).toBeLessThan(limits.request * 1000 + 500);
  });

  it('answers rightly when bytes come in pieces, late, or not at all because connections are reset', async () => {
    await untilWell();
    const questions = startLoad(gateway.url, { clients: 10, pauseMs: 2, ask: uncached });
    for (const trouble of [{ sliceBytes: 3 }, { latencyMs: 30 }, 'none'] as const) {
      const since = performance.now();
      proxy.become(trouble);
      await untilTold(questions, 50, since, 'answer');
      if (isLong) await sleep(10_000);
    }
    for (let times = 0; times < (isLong ? 30 : 4); times++) {
      const since = performance.now();
      proxy.reset();
      await untilTold(questions, 20, since, 'answer');
    }
    const refusedAt = performance.now();
    proxy.become('refuse');
    proxy.reset();
    await untilTold(questions, 20, refusedAt, 'unavailable');
    const healedAt = performance.now();
    proxy.become('none');
    await untilTold(questions, 100, healedAt, 'answer');
    await questions.stop();
    show('pieces and resets', count(questions.told));
    expect(questions.told.filter(({ isWrong }) => isWrong)).toEqual([]);
    expect(new Set(questions.told.map(({ kind }) => kind))).toEqual(new Set(['answer', 'unavailable']));
    expect(questions.told.at(-1)?.kind).toBe('answer');
  });

  it('hides from its clients that connections are killed', async () => {
    await untilWell();
    const questions = startLoad(gateway.url, { clients: 10, pauseMs: 2, ask: uncached });
    const kills = await aside(server.url, async (client) => {
      let killed = 0;
      for (let round = 0; round < (isLong ? 30 : 6) || killed < 12; round++) {
        const since = performance.now();
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where application_name like 'mycelix-analytics%'`,
        );
        killed += rowCount ?? 0;
        await untilTold(questions, 1_000, since);
        if (isLong) await sleep(1_000);
      }
      return killed;
    });
    await questions.stop();
    const errors = questions.told.filter(({ kind }) => kind !== 'answer').length;
    show('kills', { kills, ...count(questions.told), errorShare: errors / questions.told.length });
    expect(kills).toBeGreaterThan(8);
    expect(gateway.isAlive()).toBe(true);
    expect(errors / questions.told.length).toBeLessThanOrEqual(0.001);
  });

  it('ends what is read for clients who have left, and nothing that anybody else waits for', async () => {
    // Nothing but a client who leaves ends a statement here before the test does.
    const endless = await startGateway(server.url, {
      STATEMENT_LIMIT_SECONDS: '280',
      REQUEST_LIMIT_SECONDS: '290',
      DATABASE_WAIT_SECONDS: '270',
    });
    const others = startLoad(endless.url, { clients: 4, pauseMs: 5, ask: cached });
    // Their answer has to be in the cache before the view that it reads is locked.
    await until('answers from the cache', () => others.told.length >= 20);
    const stays = new Client(endless.url);
    const told = await aside(server.url, (locking) =>
      locked(locking, 'mv_song_analytics', async () => {
        const reading = () =>
          aside(server.url, async (client) => {
            const { rows } = await client.query<{ count: number }>(
              `select count(*)::int as count from pg_stat_activity
               where application_name = 'mycelix-analytics' and state = 'active' and query like '%mv_song_analytics%'`,
            );
            return rows[0]?.count ?? 0;
          });
        // Two ask the same, and one of them stays.
        const shared = uncached().parameters;
        const staying = stays.ask(shared);
        await until('a statement for the one who stays', async () => (await reading()) === 1);
        const leaving = Array.from({ length: 200 }, () => new Client(endless.url));
        const left = leaving.map((client, each) => client.ask(each === 0 ? shared : uncached().parameters));
        const before = await until('statements for the others', async () => {
          const count = await reading();
          return count > 1 && count;
        });
        for (const client of leaving) client.leave();
        await Promise.all(left);
        await until('one statement to be left', async () => (await reading()) === 1);
        show('clients who leave', { before });
        return { staying };
      }),
    );
    expect(kindOf(await told.staying)).toBe('answer');
    await others.stop();
    expect(count(others.told)).toEqual({ answer: others.told.length });
    const ordinary = startLoad(endless.url, { clients: 10, ask: uncached });
    await until('2,000 answers', () => ordinary.told.length >= 2_000);
    await ordinary.stop();
    expect(count(ordinary.told)).toEqual({ answer: ordinary.told.length });
    stays.leave();
    await endless.end('SIGTERM');
  });

  it('answers from the other views while one is locked, and says so of that one before it is free', async () => {
    await untilWell(impatient);
    const artists = () => ({
      parameters: {
        query:
          'query ($n: BigInt!) { artists(first: 5, filter: { totalPlays: { gte: $n } }) { nodes { artistAddress } } }',
        variables: { n: String(-Math.floor(Math.random() * 1e12)) },
      },
      expected: '"artistAddress"',
    });
    const measure = async (many: number, forMs: number) => {
      const load = startLoad(impatient.url, { clients: 4, pauseMs: 5, ask: artists });
      await untilTold(load, many, 0);
      if (isLong) await sleep(forMs);
      await load.stop();
      return load.told;
    };
    const before = await measure(200, 10_000);
    const { during, stuck } = await aside(server.url, (client) =>
      locked(client, 'mv_song_analytics', async () => {
        const load = startLoad(impatient.url, { clients: 20, pauseMs: 5, ask: uncached });
        const during = await measure(400, 30_000);
        // Nobody waits for the lock to be gone: each of the twenty has been told more than once.
        await untilTold(load, 40, 0);
        await load.stop();
        return { during, stuck: load.told };
      }),
    );
    await untilWell(impatient);
    const p99 = (told: typeof before) =>
      percentile(
        told.map(({ durationMs }) => durationMs),
        0.99,
      );
    const slowestMs = Math.max(...stuck.map(({ durationMs }) => durationMs));
    show('a locked view', {
      p99BeforeMs: p99(before),
      p99DuringMs: p99(during),
      others: count(during),
      locked: count(stuck),
      slowestMs,
    });
    expect(count(during)).toEqual({ answer: during.length });
    expect(new Set(stuck.map(({ kind }) => kind)).has('answer')).toBe(false);
    expect(count(stuck)).not.toHaveProperty('other error');
    if (!isLong) return;
    expect(p99(during)).toBeLessThan(2 * p99(before) + 100);
    expect(slowestMs).toBeLessThan(limits.request * 1000 + 500);
  });
});

/** Nobody else can read the view until the work is done. */
async function locked<T>(client: import('pg').Client, view: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  await client.query(`refresh materialized view ${view}`);
  try {
    return await work();
  } finally {
    await client.query('rollback');
  }
}
