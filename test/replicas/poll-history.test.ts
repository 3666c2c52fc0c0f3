import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordPolls } from '../faults/poll-history.js';
import { seededRandom } from '../refresh/random.js';
import { exchange } from '../support/exchange.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type Standby, startStandby } from '../support/standby.js';
import { until } from '../support/wait.js';

/** Longer by command: `POLL_REFRESHES=1000 npx vitest run test/replicas/poll-history.test.ts`; one again with POLL_SEED. */
const refreshes = Number(process.env.POLL_REFRESHES ?? 12);
const seed = Number(process.env.POLL_SEED ?? Date.now() % 1_000_000);
const clients = 8;
const operatorKey = 'the-secret-of-an-operator-in-the-tests';

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
      let personal: PersonalPolls | null = null;
      const { faults, ...history } = await recordPolls({
        server: primary,
        refreshes,
        clients,
        crashes: 0,
        environment: {
          DATABASE_READ_URLS: standby.url,
          RESPONSE_CACHE: cache,
          OPERATOR_KEYS: `ada:${operatorKey}`,
        },
        async beforeRefresh(url) {
          personal ??= pollForOneViewer(url);
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
      const ofViewer = await (personal as PersonalPolls | null)?.stop();
      if (isPaused) await standby.ask('select pg_wal_replay_resume()');
      console.log(
        `polls: ${JSON.stringify({ seed, cache, ...history, answered, ofViewer: ofViewer?.asked, faults: faults.length })}`,
      );
      expect(faults).toEqual([]);
      expect(ofViewer?.faults).toEqual([]);
      expect(ofViewer?.asked).toBeGreaterThan(0);
      expect(history.refreshes).toBe(refreshes);
      expect(history.answers).toBeGreaterThanOrEqual(2 * clients * refreshes);
    },
  );
});

interface PersonalPolls {
  stop(): Promise<{ readonly asked: number; readonly faults: readonly string[] }>;
}

/** Asks as an operator, past the cache of answers, and holds the instant of each against the one that was announced before. */
function pollForOneViewer(url: string): PersonalPolls {
  const faults: string[] = [];
  let asked = 0;
  let isOver = false;
  const poll = async () => {
    const announcedMs = await readAnnouncedMs(url);
    const { json } = await exchange(url, {
      parameters: {
        query: '{ artists(first: 1) { nodes { lastRefreshed } } listener(address: "0xb1") { totalPlays } }',
      },
      headers: { authorization: `Bearer ${operatorKey}` },
    });
    const data = json?.data as { artists: { nodes: { lastRefreshed: string }[] } } | null | undefined;
    const shown = data?.artists.nodes[0]?.lastRefreshed;
    if (shown === undefined) return;
    asked += 1;
    if (Date.parse(shown) < announcedMs)
      faults.push(`${new Date(announcedMs).toISOString()} was announced, and then ${shown} was told`);
  };
  const running = (async () => {
    for (; !isOver; await sleep(5)) await poll();
  })().catch(() => {});
  return {
    async stop() {
      isOver = true;
      await running;
      return { asked, faults };
    },
  };
}

async function readAnnouncedMs(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics/database`)).text();
  const seconds = /^db_matview_last_refresh_timestamp_seconds\{view="mv_artist_analytics"\} (\S+)$/m.exec(
    text,
  )?.[1];
  return Math.round(Number(seconds) * 1000);
}

async function countAnswered(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^gateway_replica_reads_total\{.*outcome="answered"\} (\d+)$/m.exec(text)?.[1]);
}
