import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import { asOfView, type Generation } from '../views/freshness.js';
import type { Source } from '../views/reading.js';

/** What is known of the views: the newest refresh, and since which refresh each view shows the same rows. */
export interface ViewVersions {
  readonly generation: number;
  readonly state: number;
  /** RFC 3339 with microseconds. */
  readonly asOf: string;
  readonly unchangedSince: Readonly<Record<ViewName, number>>;
  /** Views that stand at an earlier instant. */
  readonly behind: Generation['behind'];
}

/** Adds a refresh to what was known before. */
export function versionsAfter(before: ViewVersions | null, next: Generation): ViewVersions {
  const moved = (view: ViewName) => {
    // A refresh that was missed may have changed anything, and so may one of another history.
    const follows = before !== null && next.previousState === before.state;
    return follows && next.rowsChanged[view] === 0 ? before.unchangedSince[view] : next.generation;
  };
  return Object.freeze({
    generation: next.generation,
    state: next.state,
    asOf: next.asOf,
    behind: next.behind,
    unchangedSince: Object.freeze(
      Object.fromEntries(viewNames.map((view) => [view, moved(view)])) as Record<ViewName, number>,
    ),
  });
}

/** The oldest instant among what an answer was read from. */
export function oldestAsOf(
  versions: Pick<ViewVersions, 'asOf' | 'behind'>,
  sources: Iterable<Source>,
): string {
  let oldest = versions.asOf;
  for (const source of sources) {
    const asOf = source === 'engine' ? versions.asOf : asOfView(versions, source);
    if (Date.parse(asOf) < Date.parse(oldest)) oldest = asOf;
  }
  return oldest;
}

/** Whether an answer that was read at a refresh still stands. */
export function isCurrent(
  read: { generation: number; state: number; sources: Iterable<Source> },
  known: ViewVersions,
): boolean {
  if (read.state === known.state) return true;
  for (const source of read.sources)
    if (source === 'engine' || read.generation < known.unchangedSince[source]) return false;
  return read.generation < known.generation;
}
