import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { overPglite } from '../../src/database/embedded/embedded.js';
import { cleanUp } from '../../src/database/embedded/housekeeping.js';
import { startHousekeeping } from '../../src/database/embedded/start-housekeeping.js';
import { createMigratedPglite } from '../support/database-templates.js';
import { waitFor } from '../support/wait.js';

let database: Database;
beforeAll(async () => {
  database = overPglite(await createMigratedPglite());
  await database.query(
    `insert into artists (artist_address, name) select '0xa' || i, 'Artist ' || i from generate_series(1, 50) i`,
  );
  await database.query(`insert into songs (song_id, title, artist_address, genre, strategy)
    select 'song-' || i, 'Song ' || i, '0xa' || 1 + i % 50, 'Rock', 'auction' from generate_series(1, 200) i`);
});
afterAll(() => database.close());

let listeners = 0;
async function refreshOften(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    listeners += 1;
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
      select 'song-' || 1 + floor(random() * 200), '0x' || $1::int % 10, now(), 1, 1 from generate_series(1, 20) i`,
      [listeners],
    );
    await database.query(`select analytics.refresh('test')`);
  }
}

/** Bytes of what every refresh writes to, in the catalogs and in the views. */
async function readSize(): Promise<number> {
  const { rows } = await database.query<{ size: string }>(
    `select sum(pg_total_relation_size(oid)) as size from pg_class where relname in ('pg_class', 'pg_attribute', 'mv_artist_analytics')`,
  );
  return Number(rows[0]!.size);
}

/** Bytes of the log since the last checkpoint. */
async function readLog(): Promise<number> {
  const { rows } = await database.query<{ size: string }>(
    'select pg_current_wal_insert_lsn() - redo_lsn as size from pg_control_checkpoint()',
  );
  return Number(rows[0]!.size);
}

describe('The embedded database', () => {
  it('stays as large as it was after a few refreshes', { timeout: 120_000 }, async () => {
    const refreshAndCleanUp = async (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        await refreshOften(10);
        await cleanUp(database);
      }
    };
    // By then the catalogs are as large as they get between two cleanings.
    await refreshAndCleanUp(6);
    const before = await readSize();
    await refreshAndCleanUp(6);
    expect((await readSize()) / before).toBeLessThan(1.5);
  });

  it('begins its log anew when enough has been written', async () => {
    await database.query(
      `create table much as select md5(i::text) as text from generate_series(1, 400000) i`,
    );
    expect(await readLog()).toBeGreaterThan(16_000_000);
    await cleanUp(database);
    expect(await readLog()).toBeLessThan(1_000_000);
  });

  it('is looked after while a gateway runs, until it stops', async () => {
    const vacuumed = async () => {
      const { rows } = await database.query<{ at: Date | null }>(
        `select max(last_vacuum) as at from pg_stat_all_tables where relname = 'plays_default' or relname like 'plays_2%'`,
      );
      return rows[0]!.at;
    };
    await database.query('delete from plays where random() < 0.9');
    const before = await vacuumed();
    const failures: unknown[] = [];
    const stop = startHousekeeping(database, (error) => failures.push(error));
    await waitFor(async () => expect(await vacuumed()).not.toEqual(before));
    await stop();
    expect(failures).toEqual([]);
  });
});
