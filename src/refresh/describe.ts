import { parseInstant } from '../database/values.js';
import { type ViewName, viewNames } from '../views/catalogue.js';
import type { Generation } from '../views/freshness.js';
import type { RefreshResult } from './refresh-views.js';
import type { RefreshReport, ViewFreshness } from './type.js';

/** How old a view may be before it is called stale, in hours. */
export const defaultStalenessHours = 1;

/** The age of each view; the same for all, because one refresh moves them together. */
export function describeFreshness(
  generation: Generation | null,
  now: Date,
  stalenessHours: number,
  nextRefresh: Date | null,
): ViewFreshness[] {
  const ageSeconds = generation ? Math.max(0, (now.getTime() - Date.parse(generation.asOf)) / 1000) : null;
  return viewNames.map((view) => ({
    view,
    lastRefreshed: generation?.asOf ?? null,
    generation: generation?.generation ?? 0,
    ageSeconds,
    hoursOld: ageSeconds === null ? null : ageSeconds / 3600,
    stale: ageSeconds === null || ageSeconds > stalenessHours * 3600,
    refreshDurationMs: generation?.phases[view] ?? null,
    rowsChanged: generation?.rowsChanged[view] ?? null,
    nextRefreshAt: nextRefresh?.toISOString() ?? null,
  }));
}

/** What a refresh did, for the views that were asked for. */
export function describeRefresh(
  result: RefreshResult,
  views: readonly ViewName[] = viewNames,
): RefreshReport {
  const { outcome, phases = {}, rowsChanged = {} } = result;
  const asOf = result.asOf === undefined ? null : instantOf(result.asOf);
  return {
    outcome,
    generation: result.generation,
    kind: result.kind ?? null,
    reason: result.reason ?? null,
    asOf,
    durationMs: result.durationMs ?? null,
    views: viewNames
      .filter((view) => views.includes(view))
      .map((view) => ({
        view,
        asOf,
        durationMs: phases[view] ?? null,
        rowsChanged: rowsChanged[view] ?? null,
      })),
    phases: Object.keys(phases)
      .sort((one, other) => phaseOrder.indexOf(one) - phaseOrder.indexOf(other))
      .map((name) => ({ name, durationMs: phases[name] ?? 0 })),
    viewsRefreshed: outcome === 'running' ? 0 : viewNames.length,
  };
}

/** The order they run in; JSON in the database does not keep one. */
const phaseOrder: readonly string[] = ['read', 'dimensions', 'apply', 'rebuild', 'publish', ...viewNames];

/** Times inside JSON come in the session's zone and with a T; everything outside is UTC. */
function instantOf(text: string): string {
  return parseInstant(text.replace('T', ' '));
}
