import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { recordPolls } from './poll-history.js';

/** Longer by command: `POLL_SECONDS=300 POLL_CRASHES=3 npx vitest run test/faults/poll-history.test.ts`. */
const seconds = Number(process.env.POLL_SECONDS ?? 16);
/** Longer than the gateway takes its silence for nothing, so that answers have to be marked as stale. */
const downMs = Number(process.env.POLL_DOWN_MS ?? 7_000);
const crashes = Number(process.env.POLL_CRASHES ?? 1);

describe('Clients that poll through refreshes, lost announcements and a crash of the database', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(18);
  });
  afterAll(() => server?.stop());

  it(
    'never see the numbers go back, and each number is the truth of the instant that it is told with',
    async () => {
      const history = await recordPolls({ server, forMs: seconds * 1000, clients: 20, crashes, downMs });
      console.log(`polls: ${JSON.stringify({ ...history, faults: history.faults.length })}`);
      expect(history.faults).toEqual([]);
      expect(history.stale).toBeGreaterThan(0);
      expect(history.refreshes).toBeGreaterThan(seconds / 4);
      expect(history.answers).toBeGreaterThan(seconds * 100);
    },
    (seconds + 60) * 1000,
  );
});
