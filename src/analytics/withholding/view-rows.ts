import { type SelectQueryBuilder, sql } from 'kysely';
import type { Column } from '../../catalogue/column.js';
import type { View } from '../../catalogue/view.js';
import type { DB } from '../../database/generated.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { AnalyticsReader } from './analytics-reader.js';
import { shownCounts } from './shown-counts.js';

/** Selects from a view, with null for the counts of listeners that are withheld: filters and orderings see the same. */
export function viewRows<Of extends View>(
  { withholdUnder }: Pick<AnalyticsReader, 'withholdUnder'>,
  view: Of,
): SelectQueryBuilder<DB, Of['name'], object> {
  const rows = queryBuilder.selectFrom(view.name);
  const columns = Object.values<Column>(view.columns);
  if (withholdUnder === 0 || !columns.some(({ isWithholdable }) => isWithholdable)) return rows as never;
  const shown = shownCounts[view.name]?.(withholdUnder) ?? sql`null::bigint`;
  const selections = columns.map(({ name, isWithholdable }) =>
    (isWithholdable ? shown : sql.ref(name)).as(name),
  );
  return queryBuilder.selectFrom(rows.select(selections).as(view.name)) as never;
}
