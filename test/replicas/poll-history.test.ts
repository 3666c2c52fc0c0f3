import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordPolls } from '../faults/poll-history.js';
import { seededRandom } from '../refresh/random.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Standby, startStandby } from '../support/standby.js';
import { until } from '../support/wait.js';

/** Longer by command: `POLL_REFRESHES=1000 npx vitest run test/replicas/poll-history.test.ts`; one again with POLL_SEED. */
const refreshes = Number(process.env.POLL_REFRESHES ?? 20);
const seed = Number(process.env.POLL_SEED ?? Date.now() % 1_000_000);
const clients = 8;

describe('Clients that poll while replay on a replica is paused and resumed at random', () => {
  let primary: PostgresServer;
  let standby: Standby;
  beforeAll(async () => {
    primary = await startPostgres(18, ['-c', 'synchronous_commit=on']);
    standby = await startStandby(primary);
  });
  afterAll(async () => {
    await standby?.stop();
    await primary?.stop();
  });

  it.each([['64'], ['off']])(
    'never see the numbers go back, and each number is the truth of its instant (RESPONSE_CACHE=%s)',
    async (cache) => {
      const random = seededRandom(seed);
      let isPaused = false;
      let answered = 0;
      const { faults, ...history } = await recordPolls({
        server: primary,
        refreshes,
        clients,
        crashes: 0,
        environment: { DATABASE_READ_URLS: standby.url, RESPONSE_CACHE: cache },
        async beforeRefresh(url) {
          if (random.chance(0.5)) {
            await standby.ask(`select pg_wal_replay_${isPaused ? 'resume' : 'pause'}()`);
            isPaused = !isPaused;
          }
          // Now and then the next refresh meets a replica that everything is read from.
          if (isPaused || cache !== 'off' || random.chance(0.5)) return;
          const before = await countAnswered(url);
          await until('reads of the replica', async () => (await countAnswered(url)) >= before + 2 * clients);
          answered = await countAnswered(url);
        },
      });
      if (isPaused) await standby.ask('select pg_wal_replay_resume()');
      console.log(`polls: ${JSON.stringify({ seed, cache, ...history, answered, faults: faults.length })}`);
      expect(faults).toEqual([]);
      expect(history.refreshes).toBe(refreshes);
      expect(history.answers).toBeGreaterThanOrEqual(2 * clients * refreshes);
    },
  );
});

async function countAnswered(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^gateway_replica_reads_total\{.*outcome="answered"\} (\d+)$/m.exec(text)?.[1]);
}
