import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type FilterInput, parseFilter } from '../../src/analytics/filtering/parse-filter.js';
import { predicateOf } from '../../src/analytics/filtering/predicate.js';
import { songAnalytics } from '../../src/catalogue/index.js';
import type { SongFilter } from '../../src/client/operations.js';
import { queryBuilder } from '../../src/database/query-builder.js';
import { GatewayError } from '../../src/errors.js';

function compile(filter: FilterInput) {
  const predicate = predicateOf(songAnalytics, parseFilter(filter));
  if (!predicate) return null;
  const { sql: text, parameters } = sql`${predicate}`.compile(queryBuilder);
  return { text, values: parameters };
}

// The values are those that the scalars and enums hand over.
const table: [name: string, filter: SongFilter, text: string, values: unknown[]][] = [
  ['eq', { genre: { eq: 'Rock' } }, '("genre" = $1)', ['Rock']],
  ['ne', { genre: { ne: 'Rock' } }, '("genre" is distinct from $1)', ['Rock']],
  ['in', { genre: { in: ['Rock', 'Jazz'] } }, '("genre" = any($1))', [['Rock', 'Jazz']]],
  ['in of nothing', { genre: { in: [] } }, '("genre" = any($1))', [[]]],
  ['notIn', { songId: { notIn: ['a', 'b'] } }, '(("song_id" = any($1)) is not true)', [['a', 'b']]],
  ['gt', { playCount: { gt: 5 } }, '("play_count" > $1)', [5]],
  ['gte', { playCount: { gte: 5 } }, '("play_count" >= $1)', [5]],
  ['lt', { totalEarnings: { lt: '0.00000001' } }, '("total_earnings" < $1)', ['0.00000001']],
  ['lte', { totalEarnings: { lte: '1.5' } }, '("total_earnings" <= $1)', ['1.5']],
  [
    'after',
    { lastPlayed: { after: '2026-01-01T00:00:00.000Z' } },
    '("last_played" > $1)',
    ['2026-01-01T00:00:00.000Z'],
  ],
  ['atOrAfter', { firstPlayed: { atOrAfter: 'T' } }, '("first_played" >= $1)', ['T']],
  ['before', { firstPlayed: { before: 'T' } }, '("first_played" < $1)', ['T']],
  ['atOrBefore', { firstPlayed: { atOrBefore: 'T' } }, '("first_played" <= $1)', ['T']],
  ['contains', { title: { contains: 'moss' } }, '("title" ilike $1)', ['%moss%']],
  ['startsWith', { title: { startsWith: 'moss' } }, '("title" ilike $1)', ['moss%']],
  [
    'contains with signs of LIKE',
    { title: { contains: '50%_\\' } },
    '("title" ilike $1)',
    ['%50\\%\\_\\\\%'],
  ],
  ['isNull', { genre: { isNull: true } }, '("genre" is null)', []],
  ['isNull that is false', { genre: { isNull: false } }, '("genre" is not null)', []],
  ['two operators', { playCount: { gte: 1, lt: 9 } }, '("play_count" >= $1 and "play_count" < $2)', [1, 9]],
  [
    'two fields',
    { genre: { eq: 'Rock' }, playCount: { gt: 0 } },
    '("genre" = $1 and "play_count" > $2)',
    ['Rock', 0],
  ],
  [
    'and',
    { and: [{ genre: { eq: 'a' } }, { title: { eq: 'b' } }] },
    '((("genre" = $1) and ("title" = $2)))',
    ['a', 'b'],
  ],
  [
    'or',
    { or: [{ genre: { eq: 'a' } }, { title: { eq: 'b' } }], playCount: { eq: 1 } },
    '((("genre" = $1) or ("title" = $2)) and "play_count" = $3)',
    ['a', 'b', 1],
  ],
  ['not', { not: { genre: { eq: 'a' } } }, '((("genre" = $1)) is not true)', ['a']],
  ['and of nothing', { and: [] }, '(true)', []],
  ['or of nothing', { or: [] }, '(false)', []],
  ['not of nothing', { not: {} }, '((true) is not true)', []],
  ['what would be SQL', { genre: { eq: "' or true; --" } }, '("genre" = $1)', ["' or true; --"]],
];

describe('The predicate of a filter', () => {
  it.each(table)('binds every value: %s', (_name, filter, text, values) => {
    expect(compile(filter)).toEqual({ text, values });
  });

  it.each([[{}], [{ genre: null }], [{ genre: {} }], [{ genre: undefined, and: null }]])(
    'is undefined for an empty filter: %j',
    (filter) => expect(compile(filter)).toBeNull(),
  );

  it.each([
    ['genre', { genre: { eq: null } }, /filter\.genre\.eq: expected a value, got null/],
    ['values', { songId: { in: Array(1001).fill('a') } }, /at most 1000 values, got 1001/],
    ['conditions', { or: Array(101).fill({ playCount: { gt: 1 } }) }, /at most 100 conditions/],
    ['filters', { and: Array(10_000).fill({}) }, /at most 1000 filters/],
    ['depth', nested(9), /at most 8 levels/],
    ['operators', { genre: { like: 'x' } }, /expected a known operator, got like/],
    [
      'a sign that no text can hold',
      { title: { contains: 'a\0b' } },
      /title\.contains: expected a text without/,
    ],
    ['a sign in a list', { songId: { notIn: ['a', '\0'] } }, /songId\.notIn: expected a text without/],
  ])('is refused with what was expected: %s', (_name, filter, message) => {
    expect(() => compile(filter)).toThrow(GatewayError);
    expect(() => compile(filter)).toThrow(message);
  });

  it('may be 8 levels deep and hold 100 conditions', () => {
    expect(compile(nested(7))?.text).toContain('"genre"');
    expect(compile({ or: Array(100).fill({ playCount: { gt: 1 } }) })?.values).toHaveLength(100);
  });
});

function nested(levels: number): SongFilter {
  return levels === 0 ? { genre: { eq: 'a' } } : { not: nested(levels - 1) };
}
