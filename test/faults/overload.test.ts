import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGateway } from '../refresh/gateway-process.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';
import { Client, percentile } from './client.js';
import { aside, type Gateway, operatorSecret, prepareWorld, startGateway } from './gateway.js';
import { cached, count, fireAtRate, heavy, type Noted, startLoad, uncached } from './load.js';

/** Longer by command: `FAULTS=long npx vitest run test/faults`. */
const isLong = process.env.FAULTS === 'long';
const show = (title: string, figures: object) => console.log(`${title}: ${JSON.stringify(figures)}`);
const durationsOf = (told: readonly Noted[]) => told.map(({ durationMs }) => durationMs);

let server: PostgresServer;
beforeAll(async () => {
  buildGateway();
  server = await startPostgres(18);
  await prepareWorld(server);
});
afterAll(() => server?.stop());

describe('A gateway that is asked for more than it can do', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway(server.url);
  });
  afterAll(() => gateway?.end('SIGTERM'));

  const closedLoop = async (clients: number, forMs: number) => {
    const load = startLoad(gateway.url, { clients, ask: heavy });
    await sleep(forMs);
    await load.stop();
    return load.told;
  };

  const countRefused = async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    return Number(/^gateway_rejected_total\{reason="overload"\} (\d+)/m.exec(metrics)?.[1]);
  };

  it('answers as many as it can, refuses the others, counts these, and answers all again afterwards', async () => {
    if (isLong) await closedLoop(16, 1_000);
    const forMs = isLong ? 10_000 : 1_000;
    const saturated = await closedLoop(16, forMs);
    const saturation = (saturated.filter(({ kind }) => kind === 'answer').length / forMs) * 1000;
    const refusedBefore = await countRefused();
    const firingMs = isLong ? 60_000 : 1_000;
    const told: Noted[] = [];
    let unsent = 0;
    let rounds = 0;
    // What the gateway was able to do a moment ago may be too little to press it now.
    await until('some to be refused', async () => {
      const perSecond = saturation * 3 * 2 ** rounds++;
      const fired = await fireAtRate(gateway.url, {
        perSecond,
        forMs: firingMs,
        mostClients: 2_000,
        ask: heavy,
      });
      told.push(...fired.told);
      unsent += fired.unsent;
      return fired.told.some(({ kind }) => kind === 'unavailable');
    });
    const admitted = told.filter(({ kind }) => kind === 'answer');
    const refused = told.filter(({ kind }) => kind === 'unavailable');
    const counted = (await countRefused()) - refusedBefore;
    if (isLong) await sleep(1_000);
    const after = await closedLoop(8, 1_000);
    const figures = {
      saturation: Math.round(saturation),
      sentPerSecond: Math.round((told.length / (rounds * firingMs)) * 1000),
      unsent,
      ...count(told),
      goodputShare: admitted.length / ((rounds * firingMs) / 1000) / saturation,
      admittedP99Ms: percentile(durationsOf(admitted), 0.99),
      refusedP50Ms: percentile(durationsOf(refused), 0.5),
      refusedP99Ms: percentile(durationsOf(refused), 0.99),
      p99AfterMs: percentile(durationsOf(after), 0.99),
    };
    show('overload', figures);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ status, head }) => status === 503 && /\r\nretry-after: 1\r/i.test(head))).toBe(
      true,
    );
    expect(count(told)).toEqual({ answer: admitted.length, unavailable: refused.length });
    expect(count(after)).toEqual({ answer: after.length });
    expect(counted).toBe(refused.length);
    if (!isLong) return;
    expect(figures.goodputShare).toBeGreaterThan(0.8);
    expect(figures.admittedP99Ms).toBeLessThan(1_000);
    expect(figures.refusedP99Ms).toBeLessThan(50);
  });

  it('is not held up by clients who never finish their requests', async () => {
    const measure = async () => {
      const load = startLoad(gateway.url, { clients: 8, pauseMs: 2, ask: cached });
      await until('1,000 answers', () => load.told.length >= 1_000);
      if (isLong) await sleep(10_000);
      await load.stop();
      return load.told;
    };
    if (isLong) await measure();
    const before = await measure();
    const port = Number(new URL(gateway.url).port);
    const slow: Socket[] = [];
    const start = 'POST /graphql HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\n';
    for (let each = 0; each < 700; each++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(each < 500 ? start.slice(0, 20) : `${start}content-length: 1000\r\n\r\n{`);
      slow.push(socket);
    }
    const drip = setInterval(() => {
      for (const [each, socket] of slow.entries()) if (socket.writable) socket.write(each < 500 ? 'x' : ' ');
    }, 500);
    await until('700 connections', () => slow.every((socket) => !socket.connecting));
    const during = await measure();
    clearInterval(drip);
    for (const socket of slow) socket.destroy();
    const [p99BeforeMs, p99DuringMs] = [before, during].map((told) => percentile(durationsOf(told), 0.99));
    show('slow clients', { p99BeforeMs, p99DuringMs, ...count(during) });
    expect(count(during)).toEqual({ answer: during.length });
    if (isLong) expect(p99DuringMs).toBeLessThan(2 * (p99BeforeMs as number) + 20);
  });

  it('still lets those in who look after it', async () => {
    await aside(server.url, async (client) => {
      const narrow = await startGateway(server.url, { REQUESTS_AT_ONCE: '1' });
      try {
        await client.query('begin');
        await client.query('refresh materialized view mv_song_analytics');
        const stuck = new Client(narrow.url);
        const waiting = stuck.ask(uncached().parameters);
        await untilLocked();
        const told = await new Client(narrow.url).ask(uncached().parameters);
        expect([told.status, told.text]).toEqual([503, expect.stringContaining('"code":"UNAVAILABLE"')]);
        const operator = await new Client(narrow.url).ask(
          { query: '{ monitoring { pool { active } } }' },
          `authorization: Bearer ${operatorSecret}\r\n`,
        );
        expect(JSON.parse(operator.text)).toEqual({ data: { monitoring: { pool: { active: 1 } } } });
        expect((await fetch(`${narrow.url}/readyz`)).status).toBe(200);
        await client.query('rollback');
        expect((await waiting).text).toContain('"songId"');
        stuck.leave();
      } finally {
        await client.query('rollback');
        await narrow.end('SIGTERM');
      }
    });
  });
});

describe('A gateway that is stopped', () => {
  it('answers everything that it has taken, ends by itself, and leaves nothing on the server', async () => {
    const figures: object[] = [];
    for (let round = 0; round < (isLong ? 10 : 2); round++) {
      const gateway = await startGateway(server.url);
      const polls = startLoad(gateway.url, { clients: 8, pauseMs: 2, ask: cached });
      const questions = startLoad(gateway.url, { clients: 8, pauseMs: 2, ask: uncached });
      await until('answers to both', () => polls.told.length >= 100 && questions.told.length >= 100);
      const { code, durationMs } = await gateway.end('SIGTERM');
      await Promise.all([polls.stop(), questions.stop()]);
      const told = [...polls.told, ...questions.told];
      const lost = told.filter(({ status, broke }) => status === 0 && broke === 'waiting');
      const backends = await countSessions(`application_name like 'mycelix-analytics%'`);
      figures.push({
        code,
        durationMs,
        lost: lost.length,
        answers: told.filter(({ status }) => status === 200).length,
        backends,
      });
    }
    show('stops', figures);
    expect(figures).toEqual(figures.map(() => expect.objectContaining({ code: 0, lost: 0, backends: 0 })));
    if (!isLong) return;
    for (const { durationMs } of figures as { durationMs: number }[]) expect(durationMs).toBeLessThan(10_000);
  });

  it('ends at once when it is told so twice, and the server ends what it was doing', async () => {
    const gateway = await startGateway(server.url, {
      DATABASE_WAIT_SECONDS: '1',
      STATEMENT_LIMIT_SECONDS: '2',
    });
    await aside(server.url, async (client) => {
      await client.query('begin');
      await client.query('refresh materialized view mv_song_analytics');
      const asking = new Client(gateway.url).ask(uncached().parameters);
      await untilLocked();
      const first = gateway.end('SIGTERM');
      // It has heard the first signal when it takes no more connections.
      await until('no new connection', () =>
        fetch(`${gateway.url}/healthz`).then(
          () => false,
          () => true,
        ),
      );
      expect(gateway.isAlive()).toBe(true);
      const { code, durationMs } = await gateway.end('SIGTERM');
      // The first signal alone would end with 0, when what runs has been answered.
      expect(code).toBe(130);
      if (isLong) expect(durationMs).toBeLessThan(1_000);
      await Promise.all([asking, first]);
      // The view is locked until the end, so only the server itself can have ended the statement.
      await until(
        'nothing of it on the server',
        async () => (await countSessions(`application_name = 'mycelix-analytics'`)) === 0,
      );
      await client.query('rollback');
    });
  });
});

/** Looks from a session that is in no transaction, which would see the same sessions again and again. */
function countSessions(condition: string): Promise<number> {
  return aside(server.url, async (client) => {
    const { rowCount } = await client.query(`select from pg_stat_activity where ${condition}`);
    return rowCount ?? 0;
  });
}

/** Waits until somebody waits for a lock. */
async function untilLocked(): Promise<void> {
  await until('a statement that waits', async () => (await countSessions(`wait_event_type = 'Lock'`)) > 0);
}
