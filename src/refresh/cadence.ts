import { Cron } from 'croner';
import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import { ConfigurationError } from '../config/read-config.js';
import { asOfView, type Generation } from '../views/freshness.js';

/** When views with a schedule of their own are published. The others are published by every refresh. */
export interface Cadence {
  /** The cron expressions of these views. */
  readonly schedules: readonly string[];
  hasOwnSchedule(view: ViewName): boolean;
  /** The first instant after another at which a view is due; null for a view without a schedule of its own. */
  nextDue(view: ViewName, after: Date): Date | null;
  /** The views whose own schedule is not due at `at`. */
  listPostponed(generation: Generation | null, at: Date): ViewName[];
}

/**
 * @param schedules cron expressions, read in UTC, by the name of the view.
 * @throws ConfigurationError for a name that no view has.
 */
export function createCadence(schedules: Readonly<Record<string, string>>): Cadence {
  const unknown = Object.keys(schedules).filter((name) => !viewNames.some((view) => view === name));
  if (unknown.length > 0)
    throw new ConfigurationError(
      unknown.map(
        (name) =>
          `REFRESH_SCHEDULE_${name.toUpperCase()}: expected the name of a view (${viewNames.map((view) => view.toUpperCase()).join(', ')})`,
      ),
    );
  const crons = new Map(
    viewNames
      .filter((view) => schedules[view] !== undefined)
      .map((view) => [view, new Cron(schedules[view] as string, { timezone: 'UTC', paused: true })]),
  );
  const nextDue = (view: ViewName, after: Date) => crons.get(view)?.nextRun(after) ?? null;
  return {
    schedules: Object.values(schedules),
    hasOwnSchedule: (view) => crons.has(view),
    nextDue,
    listPostponed(generation, at) {
      if (generation === null) return [];
      return [...crons.keys()].filter((view) => {
        const due = nextDue(view, new Date(asOfView(generation, view)));
        return due === null || due.getTime() > at.getTime();
      });
    },
  };
}
