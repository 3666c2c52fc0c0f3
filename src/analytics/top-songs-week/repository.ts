import type { Database } from '../../database/database.js';
import { run } from '../../database/query.js';
import { topSongsWeek } from '../../views/catalogue.js';
import { orderByClause, totalOrdering } from '../paging/ordering.js';
import { select } from '../read.js';
import { selectedColumns } from '../selection.js';
import type { ChartEntry } from './type.js';

/** The chart of the week from its first place on; of equals the first by identifier. */
export function listChart(
  database: Database,
  first: number,
  fields: ReadonlySet<string>,
): Promise<ChartEntry[]> {
  const query = select<ChartEntry>(database, {
    view: topSongsWeek,
    fields: selectedColumns(topSongsWeek, fields, fields.has('artist') ? ['artistAddress'] : []),
    orderBy: orderByClause(totalOrdering(topSongsWeek, [{ field: 'rank', direction: 'asc' }])),
    limit: first,
  });
  return run(database, 'topSongsThisWeek', { compile: () => query });
}
