import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type ArtistFilter,
  ArtistsDocument,
  type ListenerFilter,
  ListenersDocument,
  type SongFilter,
  SongsDocument,
} from '../../src/client/operations.js';
import { asOf } from '../support/fixture.js';
import { describeEachGateway } from '../support/gateway.js';
import { byKey, type Row, readTruth } from './truth.js';

/** The same condition in JavaScript. A comparison with a missing value is not true, and that is all it is. */
function fits(filter: object, row: Row): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    if (name === 'and') return (value as object[]).every((part) => fits(part, row));
    if (name === 'or') return (value as object[]).some((part) => fits(part, row));
    if (name === 'not') return !fits(value as object, row);
    return Object.entries(value as object).every(([operator, operand]) =>
      holds(operator, row[name], operand),
    );
  });
}

function holds(operator: string, value: unknown, operand: unknown): boolean {
  const isMissing = value === null;
  const found = (list: unknown) =>
    (list as unknown[]).some((each) => !isMissing && compare(value, each) === 0);
  const lower = String(value).toLowerCase();
  switch (operator) {
    case 'isNull':
      return isMissing === operand;
    case 'ne':
      return isMissing || compare(value, operand) !== 0;
    case 'notIn':
      return !found(operand);
    case 'in':
      return found(operand);
    case 'contains':
      return !isMissing && lower.includes(String(operand).toLowerCase());
    case 'startsWith':
      return !isMissing && lower.startsWith(String(operand).toLowerCase());
  }
  if (isMissing) return false;
  const sign = compare(value, operand);
  if (operator === 'eq') return sign === 0;
  if (operator === 'gt' || operator === 'after') return sign > 0;
  if (operator === 'gte' || operator === 'atOrAfter') return sign >= 0;
  if (operator === 'lt' || operator === 'before') return sign < 0;
  if (operator === 'lte' || operator === 'atOrBefore') return sign <= 0;
  throw new Error(`Expected a known operator, got ${operator}.`);
}

function compare(one: unknown, other: unknown): number {
  const [left, right] = [comparable(one), comparable(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Exact for decimals of up to 30 digits behind the point, and for times with microseconds. */
function comparable(value: unknown): bigint | string {
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return text.replace('Z', '').padEnd(26, '0');
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign, whole, fraction = ''] = match;
  return BigInt(`${sign}${whole}${fraction.padEnd(30, '0')}`);
}

const table: SongFilter[] = [
  {},
  { genre: { eq: 'Rock' } },
  { genre: { ne: 'Rock' } },
  { genre: { in: ['Rock', 'Jazz', 'Polka'] } },
  { genre: { in: [] } },
  { genre: { notIn: ['Rock'] } },
  { genre: { notIn: [] } },
  { genre: { isNull: true } },
  { genre: { isNull: false } },
  { genre: { contains: 'ROCK' } },
  { genre: { startsWith: 'ambient &' } },
  { title: { contains: '%' } },
  { title: { contains: '_\\ "' } },
  { title: { startsWith: '' } },
  { title: { eq: '' } },
  { strategy: { eq: 'AUCTION' } },
  { strategy: { ne: 'AUCTION' } },
  { strategy: { in: ['AUCTION', 'PATRONAGE'] } },
  { strategy: { isNull: true } },
  { artistAddress: { eq: '0xA2' } },
  { artistAddress: { notIn: ['0xA2', '0xa2'] } },
  { songId: { in: ['song-01', 'song-24', 'none'] } },
  { playCount: { eq: 0 } },
  { playCount: { gt: 5, lte: 6 } },
  { playCount: { notIn: [0, 6] } },
  { totalEarnings: { gte: '9999999999.99999999' } },
  { totalEarnings: { lt: '9999999999.99999999' } },
  { totalEarnings: { eq: '0.00' } },
  { avgEarningPerPlay: { gt: '0.00000001' } },
  { avgPlayDuration: { in: ['60', '60.00', '0'] } },
  { lastPlayed: { isNull: true } },
  { lastPlayed: { isNull: false } },
  { lastPlayed: { after: asOf } },
  { lastPlayed: { eq: '2026-03-01T12:00:00.123457Z' } },
  { lastPlayed: { atOrAfter: '2026-03-01T13:00:00.123457+01:00' } },
  { firstPlayed: { before: '2026-03-01T12:00:00.123457Z' } },
  { firstPlayed: { atOrBefore: '2026-03-01T12:00:00.123456Z', after: '2025-01-01T00:00:00Z' } },
  { and: [] },
  { or: [] },
  { not: {} },
  { not: { genre: { eq: 'Rock' } } },
  { not: { genre: { ne: 'Rock' } } },
  { not: { not: { genre: { eq: 'Rock' } } } },
  { not: { lastPlayed: { after: asOf } } },
  { or: [{ genre: { isNull: true } }, { playCount: { eq: 0 } }] },
  { and: [{ not: { genre: { in: ['Rock', 'Jazz'] } } }, { playCount: { gt: 0 } }] },
  {
    or: [
      { genre: { eq: 'Rock' } },
      { not: { or: [{ genre: { eq: 'Jazz' } }, { lastPlayed: { before: asOf } }] } },
    ],
  },
  { genre: null, playCount: { gt: 0 } },
];

describeEachGateway('A filter', (gateway, name) => {
  const songs = async () => (await readTruth(gateway().database, 'mv_song_analytics')).sort(byKey('songId'));
  const expectSame = async (filter: SongFilter) => {
    const expected = (await songs()).filter((song) => fits(inUtc(filter), song)).map((song) => song.songId);
    // As an operator, because many conditions at random may cost more than the public may ask for.
    const { songs: page } = await gateway().read(
      SongsDocument,
      { filter, first: 100, orderBy: [{ field: 'SONG_ID', direction: 'ASC' }] },
      'operator',
    );
    expect(page.nodes.map((song) => song.songId)).toEqual(expected);
    expect(page.totalCount).toBe(expected.length);
  };

  it.each(table)('selects the rows that the same condition selects in JavaScript: %j', expectSame);

  it('does so with any nesting of and, or and not (G-QUERY-02)', async () => {
    const leaf = fc.constantFrom(...table.filter((filter) => Object.keys(filter).length > 0));
    const { filter } = fc.letrec<{ filter: SongFilter }>((tie) => ({
      filter: fc.oneof(
        { depthSize: 'small', maxDepth: 3 },
        leaf,
        fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
        fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
        fc.record({ not: tie('filter') }),
      ),
    }));
    await fc.assert(fc.asyncProperty(filter, expectSame), { numRuns: name === 'PGlite' ? 60 : 20 });
  });

  it.each<ArtistFilter>([
    { artistName: { contains: '%_' } },
    { artistName: { eq: '' } },
    { artistName: { in: ['Alice', 'Nobody'] }, totalSongs: { gt: 0 } },
    { lastPlayDate: { isNull: true } },
    { not: { lastPlayDate: { after: asOf } } },
    { lastRefreshed: { eq: asOf } },
    { artistAddress: { ne: '0xa2' } },
  ])('does so for artists: %j', async (filter) => {
    const truth = (await readTruth(gateway().database, 'mv_artist_analytics')).sort(byKey('artistAddress'));
    const { artists } = await gateway().read(ArtistsDocument, { filter, first: 100 });
    expect([...artists.nodes].sort(byKey('artistAddress')).map((artist) => artist.artistAddress)).toEqual(
      truth.filter((artist) => fits(filter, artist)).map((artist) => artist.artistAddress),
    );
  });

  it.each<ListenerFilter>([
    { favoriteGenre: { isNull: true } },
    { favoriteGenre: { notIn: ['Rock'] } },
    { favoriteStrategy: { in: ['GIFT_ECONOMY', 'PATRONAGE'] } },
    { totalSpent: { gt: '9999999999.99999998' } },
    { or: [{ playsLast7d: { eq: 0 } }, { lastActive: { after: asOf } }] },
  ])('does so for listeners: %j', async (filter) => {
    const truth = (await readTruth(gateway().database, 'mv_listener_activity')).sort(
      byKey('listenerAddress'),
    );
    const { listeners } = await gateway().read(ListenersDocument, { filter, first: 100 }, 'operator');
    expect([...listeners.nodes].sort(byKey('listenerAddress')).map((one) => one.listenerAddress)).toEqual(
      truth.filter((listener) => fits(filter, listener)).map((listener) => listener.listenerAddress),
    );
  });

  it('that no text can hold, or without a value, is refused and never reaches the database', async () => {
    for (const filter of [{ title: { eq: 'a\0' } }, { songId: { in: ['\0'] } }, { genre: { eq: null } }]) {
      const { errors } = await gateway().ask(SongsDocument, { filter });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

/** Times of the table that are written in another zone. */
function inUtc(filter: SongFilter): SongFilter {
  const text = JSON.stringify(filter).replaceAll(
    '2026-03-01T13:00:00.123457+01:00',
    '2026-03-01T12:00:00.123457Z',
  );
  return JSON.parse(text) as SongFilter;
}
