import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { songAnalytics } from '../../src/catalogue/index.js';
import type { Database } from '../../src/database/database.js';
import { queryBuilder } from '../../src/database/query-builder.js';
import { findGeneration } from '../../src/views/freshness.js';
import { describeEachDatabase } from '../support/databases.js';
import { urlOf } from '../support/open-server.js';
import { until } from '../support/wait.js';

const never = new AbortController().signal;
const songs = queryBuilder
  .selectFrom(songAnalytics.name)
  .select(['song_id', 'play_count', 'total_earnings'])
  .orderBy('song_id');

describeEachDatabase('A snapshot', (open, name) => {
  let database: Database;
  beforeAll(async () => {
    database = await open('fixture');
  });
  afterAll(() => database?.close());

  const read = async () =>
    (await database.query<Record<string, unknown>>(songs.compile().sql)).rows.map((row) =>
      Object.values(row),
    );
  const playAndRefresh = async () => {
    await database.query(
      `insert into plays (song_id, listener_address, played_at, duration, amount_paid)
       select song_id, '0xabc', now() - interval '1 minute', 30, 0.5 from songs`,
    );
    await database.query(`select analytics.refresh('test')`);
  };

  it('shows one state from the first row to the last, while refreshes go on beside it', async () => {
    const before = await read();
    const generation = (await findGeneration(database.reader))?.generation;
    const rows = await database.snapshot(never, async (snapshot) => {
      expect((await findGeneration(snapshot.reader))?.generation).toBe(generation);
      const cursor = await snapshot.openCursor('test.songs', songs);
      const pieces = [await cursor.fetch(5)];
      for (let refreshes = 0; refreshes < 3; refreshes += 1) {
        await playAndRefresh();
        pieces.push(await cursor.fetch(5));
      }
      pieces.push(await cursor.fetch(100), await cursor.fetch(100));
      expect(pieces.map((piece) => piece.length)).toEqual([5, 5, 5, 5, 4, 0]);
      return pieces.flat();
    });
    expect(rows).toEqual(before);
    expect((await findGeneration(database.reader))?.generation).toBe((generation ?? 0) + 3);
    expect(await read()).not.toEqual(before);
  });

  it('leaves nothing behind, whether its work is done or fails', async () => {
    const failed = database.snapshot(never, async (snapshot) => {
      await snapshot.openCursor('test.songs', songs);
      throw new Error('no more');
    });
    await expect(failed).rejects.toThrow('no more');
    const unread = database.snapshot(never, async () => Promise.reject(new Error('nothing')));
    await expect(unread).rejects.toThrow('nothing');
    const { rows } = await database.query('select name from pg_cursors');
    expect(rows).toEqual([]);
    await playAndRefresh();
  });

  it('ends with the reason of its signal', async () => {
    const leaving = new AbortController();
    const left = database.snapshot(leaving.signal, async (snapshot) => {
      const cursor = await snapshot.openCursor('test.songs', songs);
      await cursor.fetch(1);
      leaving.abort(new Error('left'));
      return cursor.fetch(1);
    });
    await expect(left).rejects.toThrow('left');
    expect(
      await database.snapshot(never, async (snapshot) => (await findGeneration(snapshot.reader)) !== null),
    ).toBe(true);
  });

  if (name !== 'PGlite')
    it('begins again when a view is replaced before it is locked', async () => {
      const other = new pg.Client(urlOf(database));
      await other.connect();
      let attempts = 0;
      try {
        await other.query('begin; refresh materialized view mv_song_analytics');
        const rows = database.snapshot(never, async (snapshot) => {
          attempts += 1;
          await snapshot.reader.read(
            'test.count',
            queryBuilder.selectFrom('plays').select('song_id').limit(1),
          );
          return (await snapshot.openCursor('test.songs', songs)).fetch(100);
        });
        await until('a statement that waits for the view', async () => {
          const { rows: waiting } = await database.query(
            `select from pg_locks where not granted and relation = 'mv_song_analytics'::regclass`,
          );
          return waiting.length > 0;
        });
        await other.query('commit');
        expect(await rows).toEqual(await read());
        expect(attempts).toBe(2);
      } finally {
        await other.end();
      }
    });
});
