import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { recordPolls } from './poll-history.js';

/** Longer by command: `POLL_REFRESHES=1000 POLL_CRASHES=3 npx vitest run test/faults/poll-history.test.ts`. */
const refreshes = Number(process.env.POLL_REFRESHES ?? 50);
const crashes = Number(process.env.POLL_CRASHES ?? 1);
const clients = 20;
const fewer = Math.ceil(refreshes / 2);

describe('Clients that poll through refreshes, lost announcements and a crash of the database', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(18);
  });
  afterAll(() => server?.stop());

  it(
    'never see the numbers go back, and each number is the truth of the instant that it is told with',
    async () => {
      const history = await recordPolls({ server, refreshes, clients, crashes });
      console.log(`polls: ${JSON.stringify({ ...history, faults: history.faults.length })}`);
      expect(history.faults).toEqual([]);
      expect(history.stale).toBeGreaterThan(clients * crashes);
      expect(history.refreshes).toBe(refreshes);
      expect(history.answers).toBeGreaterThanOrEqual(2 * clients * refreshes);
    },
    300_000 + refreshes * 2_000,
  );

  it(
    'never see the numbers go back either where each asks three gateways in turn',
    async () => {
      const history = await recordPolls({ server, refreshes: fewer, clients, crashes, gateways: 3 });
      console.log(
        `polls of three gateways: ${JSON.stringify({ ...history, faults: history.faults.length })}`,
      );
      expect(history.faults).toEqual([]);
      expect(history.refreshes).toBe(fewer);
      expect(history.answers).toBeGreaterThanOrEqual(2 * clients * fewer);
    },
    300_000 + refreshes * 2_000,
  );
});
