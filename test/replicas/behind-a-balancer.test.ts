import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Edge, startBalancer } from '../edge/edge-server.js';
import { recordPolls } from '../faults/poll-history.js';
import { seededRandom } from '../refresh/random.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { findProgram } from '../support/programs.js';
import { type Standby, startStandby } from '../support/standby.js';

/**
 * Longer by command, such as a million answers: `POLL_REFRESHES=450 POLL_CLIENTS=60 POLL_TURNS=40 npx vitest run
 * test/replicas/behind-a-balancer.test.ts`; one again with POLL_SEED.
 */
const refreshes = Number(process.env.POLL_REFRESHES ?? 6);
const clients = Number(process.env.POLL_CLIENTS ?? 12);
const turns = Number(process.env.POLL_TURNS ?? 3);
const seed = Number(process.env.POLL_SEED ?? Date.now() % 1_000_000);

const nginx = findProgram('nginx', '-v');
if (!nginx) console.warn('skipped: nginx is not installed');

describe.skipIf(!nginx)(
  'Clients that are sent to one of three gateways by nginx, over two replicas that lag',
  () => {
    let primary: PostgresServer;
    const standbys: Standby[] = [];
    let balancer: Edge | undefined;
    beforeAll(async () => {
      primary = await startPostgres(18, ['-c', 'synchronous_commit=on']);
      for (let count = 0; count < 2; count++) standbys.push(await startStandby(primary));
    });
    afterAll(async () => {
      await balancer?.stop();
      for (const standby of standbys) await standby.stop();
      await primary?.stop();
    });

    it.each([['64'], ['off']])(
      'never see the numbers go back, and each number is the truth of its instant (RESPONSE_CACHE=%s)',
      async (cache) => {
        const random = seededRandom(seed);
        const paused = new Set<Standby>();
        const { faults, ...history } = await recordPolls({
          server: primary,
          refreshes,
          clients,
          turns,
          crashes: 0,
          gateways: 3,
          environment: {
            DATABASE_READ_URLS: standbys.map(({ url }) => url).join(),
            TRUST_PROXY: '127.0.0.1/32',
            RESPONSE_CACHE: cache,
          },
          async balance(urls) {
            await balancer?.stop();
            balancer = await startBalancer(urls);
            return balancer.url;
          },
          async beforeRefresh() {
            for (const standby of standbys) {
              if (random.chance(0.3)) {
                const isPaused = paused.delete(standby);
                if (!isPaused) paused.add(standby);
                await standby.ask(`select pg_wal_replay_${isPaused ? 'resume' : 'pause'}()`);
              }
              await standby.ask(`alter system set recovery_min_apply_delay = ${random.between(0, 300)}`);
              await standby.ask('select pg_reload_conf()');
            }
          },
        });
        for (const standby of paused) await standby.ask('select pg_wal_replay_resume()');
        console.log(`polls: ${JSON.stringify({ seed, cache, ...history, faults: faults.length })}`);
        expect(faults).toEqual([]);
        expect(history.refreshes).toBe(refreshes);
        expect(history.answers).toBeGreaterThanOrEqual(turns * clients * (refreshes - 1));
      },
      300_000 + refreshes * 5_000,
    );
  },
);
