import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrations/migrate.js';
import { withChartsOpen } from '../../src/import/with-charts-open.js';
import { openServer } from '../support/open-server.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
let database: Database;
beforeAll(async () => {
  server = await startPostgres(18);
  database = openServer({ connectionString: server.url, poolSize: 4 });
  await migrate(database);
  await database.query(
    `insert into artists (artist_address, name) values ('0xa1', 'One');
     insert into songs (song_id, title, artist_address, strategy) values ('a', 'A', '0xa1', 'auction')`,
  );
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

const play = (at: string) =>
  database.query(
    `insert into plays (song_id, listener_address, played_at, duration, amount_paid) values ('a', '0x1', '${at}', 1, 1)`,
  );
/** The plays of the edition of each week, after a refresh. */
const closed = async () => {
  await database.query(`select analytics.refresh('test', '2026-03-01T00:00:00Z')`);
  const { rows } = await database.query<{ plays: number }>(
    'select plays::int from analytics.chart_entry order by number',
  );
  return rows.map(({ plays }) => plays);
};

describe('While a history is imported', () => {
  it('no refresh closes its weeks; the first one after it closes them all', async () => {
    expect(await closed()).toEqual([]);
    await withChartsOpen(database, async () => {
      await play('2026-01-05T00:00:00Z');
      expect(await closed()).toEqual([]);
      await play('2026-01-06T00:00:00Z');
      await play('2025-01-06T00:00:00Z');
      expect(await closed()).toEqual([]);
    });
    expect(await closed()).toEqual([1, 2]);
  });
});
