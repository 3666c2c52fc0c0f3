import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type FilterInput, parseFilter } from '../../src/analytics/filtering/parse-filter.js';
import { predicateOf } from '../../src/analytics/filtering/predicate.js';
import type { PageRequest } from '../../src/analytics/paging/page.js';
import { songAnalytics } from '../../src/catalogue/index.js';
import { queryBuilder } from '../../src/database/query-builder.js';

const text = fc.constantFrom('Rock', 'a%b', '50_', '\\', '');
const operators = fc.record(
  {
    eq: text,
    ne: text,
    in: fc.array(text, { maxLength: 3 }),
    notIn: fc.array(text, { maxLength: 3 }),
    contains: text,
    startsWith: text,
    isNull: fc.boolean(),
  },
  { requiredKeys: [] },
);
const numbers = fc.record({ gte: fc.nat(9), lt: fc.nat(9), eq: fc.nat(9) }, { requiredKeys: [] });
const filterOf = (inner: fc.Arbitrary<FilterInput>): fc.Arbitrary<FilterInput> =>
  fc.record(
    {
      genre: fc.option(operators),
      title: operators,
      playCount: numbers,
      and: fc.array(inner, { maxLength: 2 }),
      or: fc.array(inner, { maxLength: 2 }),
      not: fc.option(inner),
    },
    { requiredKeys: [] },
  );
const filter = filterOf(filterOf(fc.constant({})));

function compiled(value: FilterInput) {
  const predicate = predicateOf(songAnalytics, parseFilter(value));
  const query = sql`select ${predicate ?? sql`true`}`.compile(queryBuilder);
  return { text: query.sql, values: query.parameters };
}

/** The same filter with other texts, numbers and lists in it. */
function withOtherValues(value: FilterInput): FilterInput {
  return JSON.parse(JSON.stringify(value), (_name, each) => {
    if (typeof each === 'string') return `other ${each}`;
    if (typeof each === 'number') return each + 7;
    return Array.isArray(each) && each.every((item) => typeof item === 'string') && each.length > 0
      ? [...each, 'more']
      : each;
  });
}

describe('The shape of a filter', () => {
  it('has the values that are bound in its text, in their order, and filters of one shape have one text', () => {
    fc.assert(
      fc.property(filter, (value) => {
        const { shape, values } = parseFilter(value);
        const { text: sqlText, values: bound } = compiled(value);
        expect(values).toEqual(bound);
        const alike = withOtherValues(value);
        expect(parseFilter(alike).shape).toBe(shape);
        expect(compiled(alike)).toEqual({ text: sqlText, values: parseFilter(alike).values });
      }),
      { numRuns: 1_000 },
    );
  });

  it('differs where the text differs', () => {
    const shapes = [
      { genre: { isNull: true } },
      { genre: { isNull: false } },
      { genre: { eq: 'a' } },
      { not: { genre: { eq: 'a' } } },
      { and: [{ genre: { eq: 'a' } }] },
      { or: [{ genre: { eq: 'a' } }] },
      { or: [{ genre: { eq: 'a' } }, {}] },
      {},
    ].map((each) => parseFilter(each).shape);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('refuses values that could not be bound, each time', () => {
    for (let time = 0; time < 2; time++) {
      expect(() => parseFilter({ title: { eq: 'a\0b' } })).toThrow(
        'title.eq: expected a text without U+0000',
      );
      expect(() => parseFilter({ title: { in: Array.from({ length: 1_001 }, () => 'a') } })).toThrow(
        'at most 1000',
      );
    }
  });
});

describe('The filter of a list', () => {
  it('has the fields of its view and their operators, which the compiler checks', () => {
    type Filter = PageRequest<typeof songAnalytics>['filter'];
    const fits: Filter = { genre: { eq: 'Rock' }, not: { playCount: { gt: '1' } } };
    // @ts-expect-error Songs have no such field.
    const field: Filter = { gerne: { eq: 'Rock' } };
    // @ts-expect-error A count has no such operator.
    const operator: Filter = { playCount: { contains: '1' } };
    expect([fits, field, operator].map((each) => parseFilter(each).values)).toEqual([
      ['Rock', '1'],
      ['Rock'],
      ['%1%'],
    ]);
  });
});
