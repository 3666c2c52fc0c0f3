import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OrderedColumn, orderRows, totalOrdering } from '../../src/analytics/paging/ordering.js';
import { nullable, text } from '../../src/catalogue/column.js';
import { songAnalytics } from '../../src/catalogue/index.js';
import { queryBuilder } from '../../src/database/query-builder.js';

describe('ORDER BY', () => {
  it('names each column, its direction, and the place of nulls where there are any', () => {
    const step = fc.record({
      name: fc.constantFrom('a', 'b', 'a asc', 'a asc last,b', 'b desc', 'a"b'),
      isNullable: fc.boolean(),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
      nulls: fc.constantFrom('first' as const, 'last' as const),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), (steps) => {
        const ordering: OrderedColumn[] = steps.map(({ name, isNullable, direction, nulls }) => ({
          field: name,
          column: isNullable ? nullable(text(name, '')) : text(name, ''),
          direction,
          nulls,
        }));
        const query = orderRows(queryBuilder.selectFrom('songs').select('title'), ordering);
        const expected = steps.map(
          ({ name, isNullable, direction, nulls }) =>
            `"${name.replace('"', '""')}" ${direction}${isNullable ? ` nulls ${nulls}` : ''}`,
        );
        expect(query.compile().sql).toBe(`select "title" from "songs" order by ${expected.join(', ')}`);
      }),
    );
  });

  it('ends with the key, and drops the steps after it', () => {
    const fields = (...requested: ('title' | 'songId' | 'genre')[]) =>
      totalOrdering<keyof typeof songAnalytics.columns>(
        songAnalytics,
        requested.map((field) => ({ field, direction: 'desc' })),
      ).map(({ field, direction }) => `${field} ${direction}`);
    expect(fields('title')).toEqual(['title desc', 'songId asc']);
    expect(fields('title', 'title', 'songId', 'genre')).toEqual(['title desc', 'songId desc']);
  });
});
