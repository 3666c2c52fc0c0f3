import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/analytics/paging/cursor.js';
import { totalOrdering } from '../../src/analytics/paging/ordering.js';
import { songAnalytics } from '../../src/catalogue/index.js';
import { GatewayError } from '../../src/errors.js';

const orderingOf = (...fields: (keyof typeof songAnalytics.columns)[]) =>
  totalOrdering(
    songAnalytics,
    fields.map((field) => ({ field, direction: 'desc' as const })),
  );

/** A cursor as somebody could make it who read the source: well formed in everything but its values. */
function forge(ordering: ReturnType<typeof orderingOf>, values: readonly unknown[]): string {
  const signature = ordering.map(({ field, direction }) => `${field}:${direction}`).join();
  const place = Buffer.from(JSON.stringify(['mv_song_analytics', signature, ...values]));
  const check = createHash('sha256').update(place).digest().subarray(0, 6);
  return Buffer.concat([check, place]).toString('base64url');
}

describe('A cursor', () => {
  it('decodes to the position that it was encoded from', () => {
    const ordering = orderingOf('lastPlayed', 'genre', 'totalEarnings', 'playCount');
    const row = {
      lastPlayed: '2026-03-01T12:00:00.123456Z',
      genre: null,
      totalEarnings: '29999999999.99999997',
      playCount: 2n ** 53n,
      songId: 'Lied "1" – ß 💥',
    };
    const cursor = encodeCursor(songAnalytics, ordering, row);
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decodeCursor('after', cursor, songAnalytics, ordering)).toEqual([
      row.lastPlayed,
      null,
      row.totalEarnings,
      '9007199254740992',
      row.songId,
    ]);
  });

  it.each<[keyof typeof songAnalytics.columns, unknown]>([
    ['playCount', '1; drop table songs'],
    ['playCount', '1.5'],
    ['playCount', 1],
    ['playCount', null],
    ['playCount', '9'.repeat(19)],
    ['totalEarnings', 'NaN'],
    ['totalEarnings', '1e9'],
    ['totalEarnings', '9'.repeat(1000)],
    ['lastPlayed', 'now'],
    ['lastPlayed', 'infinity'],
    ['lastPlayed', '2026-02-31T00:00:00.000Z'],
    ['lastPlayed', '2026-01-01T24:00:00.000Z'],
    ['lastPlayed', '0000-01-01T00:00:00.000Z'],
    ['lastPlayed', ['2026-01-01T00:00:00.000Z']],
    ['title', 'with a \0 in it'],
    ['title', 'x'.repeat(10_001)],
    ['title', 5],
  ])('that was made up with %s: %j is refused before the database sees it', (field, value) => {
    const ordering = orderingOf(field);
    const decode = () => decodeCursor('after', forge(ordering, [value, 'song-01']), songAnalytics, ordering);
    expect(decode).toThrow(GatewayError);
    expect(decode).toThrow(/^after: expected a cursor/);
  });

  it('with too few or too many values is refused', () => {
    const ordering = orderingOf('playCount');
    for (const values of [[], ['1'], ['1', 'song-01', 'x']])
      expect(() => decodeCursor('before', forge(ordering, values), songAnalytics, ordering)).toThrow(
        /^before: /,
      );
  });
});
