import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Selection } from '../../src/analytics/selection.js';
import { findSong } from '../../src/analytics/song-analytics/repository.js';
import { AnalyticsReader } from '../../src/analytics/withholding/analytics-reader.js';
import type { Database } from '../../src/database/database.js';
import { openFresh } from '../support/databases.js';

let database: Database;
beforeAll(async () => {
  database = await openFresh('fixture');
});
afterAll(() => database?.close());

describe('A row', () => {
  it('has its key, and other columns only where they were selected, which the compiler checks', async () => {
    const song = await findSong(
      new AnalyticsReader(database.reader, 0),
      'song-01',
      new Selection(new Set(['title'])),
    );
    if (!song) throw new Error('Expected a song, got none.');
    const id: string = song.songId;
    expect(id).toBe('song-01');
    // @ts-expect-error The plays may not have been selected.
    const plays: number | bigint = song.playCount;
    expect(plays).toBeUndefined();
    expect(song.title).toEqual(expect.any(String));
  });
});
