import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { until } from '../support/wait.js';
import { buildGateway, type GatewayProcess, startGatewayProcess } from './gateway-process.js';

/** With FAULTS=long: what a killed gateway may cost the others, from its end to their refreshed views. */
const recoveryLimitMs = process.env.FAULTS === 'long' ? 3_000 : Number.POSITIVE_INFINITY;

let server: PostgresServer;
let gateways: GatewayProcess[] = [];
/** Looks at the database from outside. */
let observer: pg.Client;
/** Holds up a refresh in its middle for as long as it likes. */
let blocker: pg.Client;

const connect = async () => {
  const client = new pg.Client(server.url);
  await client.connect();
  return client;
};
const read = async <Row extends object>(sql: string): Promise<Row> =>
  (await observer.query<Row>(sql)).rows[0]!;

/** Sessions that wait in the middle of a refresh, or for one. */
const listWaiting = async () =>
  (
    await observer.query<{ pid: number; event: string }>(
      `select pid, wait_event as event from pg_stat_activity
       where wait_event_type = 'Lock' and query ~ 'analytics.refresh|refresh_all'`,
    )
  ).rows;
const ledger = () =>
  read<{ generation: number; refreshes: number; failures: number }>(
    `select (select generation::int from analytics.engine) as generation,
       count(generation)::int as refreshes, count(error)::int as failures from analytics.refresh_ledger`,
  );
const blockRefreshes = () => blocker.query('begin; lock table analytics.song in share mode');
const letRefreshesGo = () => blocker.query('commit');
const playSomething = () =>
  observer.query(
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
     select 's' || n % 9, '0x' || n % 31, now() - n * interval '1 minute', n, n / 8.0 from generate_series(1, 500) n`,
  );
const countPlays = () =>
  read<{ published: number; played: number }>(
    'select total_plays::int as published, (select count(*)::int from plays) as played from mv_platform_stats',
  );

beforeAll(async () => {
  buildGateway();
  server = await startPostgres(18);
  observer = await connect();
  blocker = await connect();
  const first = await startGatewayProcess(server.url);
  gateways = [first, await startGatewayProcess(server.url)];
  await observer.query(`insert into artists (artist_address, name) values ('0xa1', 'Ada');
    insert into songs (song_id, title, artist_address, genre, strategy)
    select 's' || n, 'Song ' || n, '0xa1', 'Rock', 'auction' from generate_series(0, 8) n`);
});
afterAll(async () => {
  await blocker?.end();
  await observer?.end();
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await server?.stop();
});
beforeEach(async () => {
  // After a test that failed the lock is still there.
  await blocker.query('rollback');
  await playSomething();
});

describe('Twenty who ask for a refresh at once', () => {
  it('of two gateways and of the database itself cause one refresh, and each gets its result or is told', async () => {
    const before = await ledger();
    const sessions = await Promise.all(Array.from({ length: 4 }, connect));
    await blockRefreshes();
    let answered = 0;
    const bySql = sessions.map(async (session) => {
      const { rows } = await session.query('select refresh_all_materialized_views() as answer');
      answered++;
      return rows[0].answer as { outcome: string; generation: number };
    });
    const byGraphql = gateways.flatMap((gateway) => Array.from({ length: 8 }, () => gateway.refreshViews()));
    // One of them is held up in its middle. The sessions are told so, and each gateway waits for it.
    await until(
      'everybody to wait or to be told',
      async () => answered + (await listWaiting()).length === sessions.length + gateways.length,
    );
    // What was sent before these questions has arrived when they are answered.
    for (const gateway of [...gateways, ...gateways, ...gateways])
      expect((await gateway.ask('{ viewFreshness { ageSeconds } }')).status).toBe(200);
    await letRefreshesGo();

    const answers = [...(await Promise.all(byGraphql)), ...(await Promise.all(bySql))].map(
      ({ outcome, generation }) => ({ outcome: outcome.toLowerCase(), generation: Number(generation) }),
    );
    const after = await ledger();
    expect(after).toEqual({
      ...before,
      generation: before.generation + 1,
      refreshes: before.refreshes + 1,
    });
    const has = (outcome: string) => answers.filter((answer) => answer.outcome === outcome);
    expect(answers).toHaveLength(20);
    expect(has('refreshed')).toHaveLength(1);
    // Of the gateways nobody is sent away, of the sessions nobody waits.
    expect(has('joined').length + has('running').length).toBe(19);
    expect(has('running').length).toBeLessThanOrEqual(4);
    for (const { generation } of [...has('refreshed'), ...has('joined')])
      expect(generation).toBe(after.generation);
    for (const { generation } of has('running')) expect(generation).toBe(before.generation);
    expect(await countPlays()).toMatchObject({ published: (await countPlays()).played });
    await Promise.all(sessions.map((session) => session.end()));
  });

  it('of a single gateway leave it connections enough to answer others', async () => {
    const before = await ledger();
    await blockRefreshes();
    const answers = Array.from({ length: 20 }, () => gateways[0]!.refreshViews());
    await until('one of them to be held up', async () => (await listWaiting()).length > 0);
    // Each under another name, so that none of them was answered before.
    for (const name of ['one', 'two', 'three']) {
      const { text } = await gateways[0]!.ask(`{ ${name}: platformStats { totalPlays } }`);
      expect(JSON.parse(text)).not.toHaveProperty('errors');
    }
    await letRefreshesGo();
    const outcomes = (await Promise.all(answers)).map((answer) => answer.outcome);
    expect(outcomes.filter((outcome) => outcome === 'REFRESHED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'JOINED')).toHaveLength(19);
    expect((await ledger()).refreshes).toBe(before.refreshes + 1);
  });
});

describe('A gateway that is killed in the middle of a refresh', () => {
  it.each([1, 2, 3])(
    'is no obstacle: the server ends its session by itself, and another one refreshes (round %i)',
    async () => {
      const before = await ledger();
      await blockRefreshes();
      const lost = gateways[0]!.refreshViews().catch((error: Error) => error);
      const held = await until('the refresh to be held up', async () => (await listWaiting())[0]);
      await gateways[0]!.kill();
      const killedAt = performance.now();
      const next = gateways[1]!.refreshViews();
      expect(await lost).toBeInstanceOf(Error);
      // Nothing lets it go on: the server itself has to find out that nobody waits any more.
      await until('the session of the killed gateway to end', async () => {
        const { there } = await read<{ there: boolean }>(
          `select exists (select from pg_stat_activity where pid = ${held.pid}) as there`,
        );
        return !there;
      });
      const endedMs = performance.now() - killedAt;
      await letRefreshesGo();
      expect((await next).outcome).toBe('REFRESHED');
      const recoveredMs = performance.now() - killedAt;
      process.stdout.write(
        `Killed: its session ended after ${endedMs.toFixed(0)} ms, the other gateway had refreshed after ${recoveredMs.toFixed(0)} ms.\n`,
      );
      expect(recoveredMs).toBeLessThan(recoveryLimitMs);
      expect(await ledger()).toEqual({
        ...before,
        generation: before.generation + 1,
        refreshes: before.refreshes + 1,
      });
      expect(await countPlays()).toMatchObject({ published: (await countPlays()).played });
      gateways[0] = await startGatewayProcess(server.url);
    },
  );
});
