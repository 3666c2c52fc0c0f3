import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { recordPolls } from './poll-history.js';

/** Longer by command: `POLL_SECONDS=300 POLL_CRASHES=3 npx vitest run test/faults/poll-history.test.ts`. */
const seconds = Number(process.env.POLL_SECONDS ?? 12);
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
      const history = await recordPolls({ server, forMs: seconds * 1000, clients: 20, crashes });
      console.log(`polls: ${JSON.stringify({ ...history, faults: history.faults.length })}`);
      expect(history.faults).toEqual([]);
      expect(history.refreshes).toBeGreaterThan(seconds / 2);
      expect(history.answers).toBeGreaterThan(seconds * 100);
    },
    (seconds + 60) * 1000,
  );
});
