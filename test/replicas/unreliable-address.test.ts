import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultProxy, startFaultProxy } from '../faults/fault-proxy.js';
import type { Gateway } from '../support/gateway.js';
import { openServer } from '../support/open-server.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Standby, startStandby } from '../support/standby.js';
import { listReplicas, makeMusic, musicAt, startReadingGateway, untilReplica } from './music.js';

const questionAbout = (plays: number) =>
  `{ songs(first: 2, filter: { playCount: { gte: ${plays} } }) { nodes { songId playCount } } }`;

describe('A gateway whose address of a replica is not to be relied on', () => {
  let primary: PostgresServer;
  let level: Standby;
  let behind: Standby;
  beforeAll(async () => {
    primary = await startPostgres(18, ['-c', 'synchronous_commit=on']);
    await makeMusic(primary);
    level = await startStandby(primary);
    behind = await startStandby(primary);
  });
  afterAll(async () => {
    await Promise.all([level?.stop(), behind?.stop()]);
    await primary?.stop();
  });

  it('throws away what is older, although looks find the announced refresh at that address', async () => {
    const balancer = await startBalancer(level.port);
    const gateway = await startReadingGateway(primary, [{ url: balancer.url(level.url) }], {
      RESPONSE_CACHE: 'off',
    });
    await untilReplica(gateway, 'read from', ({ isEligible }) => isEligible);
    // Looks keep the connection that they have; reads have none yet.
    balancer.leadTo(behind.port);
    await behind.ask('select pg_wal_replay_pause()');
    const playCount = await playMore(primary);
    await untilReplica(gateway, 'read from', ({ isEligible, generation }) => isEligible && generation === 2);
    expect(await gateway.read(questionAbout(playCount) as never)).toEqual({
      songs: { nodes: [{ songId: 'song-01', playCount }] },
    });
    expect((await gateway.ask(questionAbout(0))).errors).toEqual([]);
    const [seen] = await listReplicas(gateway);
    expect(seen).toMatchObject({ isEligible: true, readsAnswered: 0, readsDiscarded: 2, readsFailedOver: 0 });
    await gateway.close();
    await balancer.stop();
  });

  it('asks elsewhere what hangs there, once looks find that nothing answers', async () => {
    const proxy: FaultProxy = await startFaultProxy(level.port);
    const gateway: Gateway = await startReadingGateway(primary, [{ url: proxy.through(level.url) }], {
      RESPONSE_CACHE: 'off',
      STATEMENT_LIMIT_SECONDS: '100',
      REQUEST_LIMIT_SECONDS: '110',
      LOG_LEVEL: 'debug',
    });
    await untilReplica(gateway, 'read from', ({ isEligible }) => isEligible);
    expect((await gateway.ask(questionAbout(0))).errors).toEqual([]);
    proxy.become('hole');
    const answer = gateway.ask(questionAbout(-1));
    const lost = await untilReplica(gateway, 'lost', ({ isEligible }) => !isEligible);
    expect((await answer).errors).toEqual([]);
    const [seen] = await listReplicas(gateway);
    expect(seen).toMatchObject({ readsAnswered: 1, readsFailedOver: 1 });
    expect(lost.reason).toMatch(/^It cannot be reached/);
    // It was not the limit of the statement that ended the wait.
    const told = gateway.lines.filter((line) => line.includes('a read is asked elsewhere'));
    expect(told).toEqual([expect.stringContaining('"code":"UNAVAILABLE"')]);
    await gateway.close();
    await proxy.stop();
  });
});

/** Plays a song more often than any other, and refreshes. @returns how often it was played. */
async function playMore(primary: PostgresServer): Promise<number> {
  const music = openServer({ connectionString: musicAt(primary), poolSize: 1 });
  await music.query(
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid) select 'song-01', '0xe1', now(), 60, 1 from generate_series(1, 100)`,
  );
  const { rows } = await music.query<{ count: number }>(
    `select count(*)::int as count from plays where song_id = 'song-01'`,
  );
  await music.query(`select analytics.refresh('test')`);
  await music.close();
  return rows[0]!.count;
}

/** An address that leads to one server, and for later connections to another one. */
async function startBalancer(first: number) {
  let target = first;
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: (of: string) => Object.assign(new URL(of), { port: String(port) }).href,
    leadTo(other: number) {
      target = other;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
