import { viewNames } from '../../catalogue/index.js';
import type { ViewName } from '../../catalogue/view.js';
import { queryBuilder } from '../../database/query-builder.js';
import type { Reader } from '../../database/reader/reader.js';
import type { RefreshKind } from '../../views/refresh-kind.js';
import type { PastRefresh } from './type.js';

type PerView = Readonly<Partial<Record<ViewName, number>>>;

/** Lists past refreshes, newest first. */
export async function listRefreshes(reader: Reader, limit: number): Promise<PastRefresh[]> {
  const rows = await reader.read(
    'monitoring.refreshes',
    queryBuilder
      .selectFrom('analytics.refresh_ledger')
      .select(['generation', 'trigger', 'kind', 'reason', 'as_of', 'started_at', 'finished_at'])
      .select(['duration_ms', 'rows_changed', 'phases', 'error'])
      .orderBy('finished_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  );
  return rows.map((row) => {
    const phases = row.phases as PerView;
    const rowsChanged = row.rows_changed as PerView;
    const isPublished = row.generation !== null;
    return {
      generation: row.generation as number | null,
      trigger: row.trigger,
      kind: row.kind as RefreshKind | null,
      reason: row.reason,
      asOf: row.as_of,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      durationMs: row.duration_ms,
      rowsChanged: isPublished ? viewNames.reduce((sum, view) => sum + (rowsChanged[view] ?? 0), 0) : null,
      views: isPublished
        ? viewNames.map((view) => ({
            view,
            durationMs: phases[view] ?? null,
            rowsChanged: rowsChanged[view] ?? null,
          }))
        : [],
      error: row.error,
    };
  });
}
