import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Order, orderRows, reversed, totalOrdering } from '../../src/analytics/paging/ordering.js';
import { views } from '../../src/catalogue/index.js';
import type { View } from '../../src/catalogue/view.js';
import type { Database } from '../../src/database/database.js';
import { queryBuilder } from '../../src/database/query-builder.js';
import { isOrderedByIndex } from '../../src/limits/cost/index-orders.js';
import { nodesOf, type PlanNode } from '../../src/monitoring/explain/plan.js';
import { openFresh } from '../support/databases.js';

let database: Database;
beforeAll(async () => {
  database = await openFresh();
  // The planner then sorts only when no index has the order, however few rows there are.
  for (const method of ['enable_seqscan', 'enable_sort', 'enable_incremental_sort'])
    await database.query(`set ${method} = off`);
});
afterAll(() => database?.close());

/** Whether PostgreSQL sorts rows for the first page of a list, or for the last one. */
async function isSorted(view: View, steps: readonly Order[], page: 'first' | 'last'): Promise<boolean> {
  const ordering = totalOrdering(view, steps);
  const rows = queryBuilder.selectFrom(view.name).select(sql`1`.as('row'));
  const query = orderRows(rows, page === 'last' ? reversed(ordering) : ordering).limit(sql.lit(21));
  const explained = await database.query<{ 'QUERY PLAN': readonly [{ readonly Plan: PlanNode }] }>(
    `explain (format json) ${query.compile().sql}`,
  );
  const plan = explained.rows[0]!['QUERY PLAN'][0].Plan;
  return [...nodesOf(plan)].some((node) => /Sort$/.test(node['Node Type']));
}

/** Orderings of one field, and of one field and the key, in all directions. */
function listOrderings({ key, columns }: View): Order[][] {
  const directions = ['asc', 'desc'] as const;
  return Object.keys(columns).flatMap((field) =>
    directions.flatMap((direction) => [
      [{ field, direction }],
      ...directions.map((keyDirection) => [
        { field, direction },
        ...key.map((each) => ({ field: each, direction: keyDirection })),
      ]),
    ]),
  );
}

describe('An ordering is free of cost', () => {
  const withKey = views.filter(({ key }) => key.length > 0);

  it.each(withKey.map((view: View) => [view.name, view] as const))(
    'exactly when PostgreSQL finds the first and the last page of %s by an index, without sorting',
    async (_name, view) => {
      let free = 0;
      for (const steps of listOrderings(view))
        for (const page of ['first', 'last'] as const) {
          const isFree = isOrderedByIndex(`${view.row.type}Order`, steps);
          expect(isFree, `${JSON.stringify(steps)}, ${page} page`).toBe(!(await isSorted(view, steps, page)));
          if (isFree) free++;
        }
      expect(free).toBeGreaterThan(0);
    },
  );
});
