import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import { parseInstant } from '../database/wire/values.js';
import type { RefreshResult } from './refresh-views.js';
import type { RefreshReport } from './type.js';

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
        asOf: outcome === 'running' || view in rowsChanged ? asOf : null,
        durationMs: phases[view] ?? null,
        rowsChanged: rowsChanged[view] ?? null,
      })),
    phases: Object.keys(phases)
      .sort((one, other) => phaseOrder.indexOf(one) - phaseOrder.indexOf(other))
      .map((name) => ({ name, durationMs: phases[name] ?? 0 })),
    viewsRefreshed: outcome === 'running' ? 0 : viewNames.length - listUnpublished(result).length,
  };
}

/** Views that a refresh had to leave out, because somebody dropped or renamed them. */
export function listUnpublished({ outcome, rowsChanged = {} }: RefreshResult): ViewName[] {
  return outcome === 'running' ? [] : viewNames.filter((view) => !(view in rowsChanged));
}

/** The order they run in; JSON in the database does not keep one. */
export const phaseOrder: readonly string[] = [
  'read',
  'dimensions',
  'apply',
  'rebuild',
  'charts',
  'statements',
  'publish',
  ...viewNames,
];

/** Times inside JSON come in the session's zone and with a T; everything outside is UTC. */
function instantOf(text: string): string {
  return parseInstant(text.replace('T', ' '));
}
