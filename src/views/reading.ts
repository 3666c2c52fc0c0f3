import { sql } from 'kysely';
import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import { type Database, forExecution } from '../database/database.js';
import type { Asker } from '../database/execution/asker.js';
import type { Cancellation } from '../database/resilience/cancellation.js';

/**
 * A column that tells which state of the views a statement saw. It stands in the statement itself, because only there it
 * comes from the same snapshot as the rows beside it; as text, because only that of the first row is read as a number.
 */
export const stateColumn = sql<string>`(select state::text from analytics.engine)`.as('state');

/** What the statements of one execution have read. */
export interface Reading {
  /** The database to execute with. */
  readonly database: Database;
  /** The states of the views that were seen; more than one when a refresh was published between two statements. */
  readonly states: ReadonlySet<number>;
  readonly views: ReadonlySet<ViewName>;
  /** Whether a statement found no row, and so did not say which state it saw. */
  isSilent(): boolean;
}

/** Records which views and states one execution reads; `signal` aborts when no client waits for it any more. */
export function recordReads(database: Database, signal?: Cancellation, asker?: Asker): Reading {
  const states = new Set<number>();
  const views = new Set<ViewName>();
  let silent = false;
  const watched = forExecution(database, {
    signal: signal ?? database.signal,
    asker: asker ?? database.asker,
    onRead(name, text, rows) {
      for (const view of viewsOf(name, text)) views.add(view);
      const [first] = rows as readonly { readonly state?: unknown }[];
      if (typeof first?.state === 'string') states.add(Number(first.state));
      else silent = true;
    },
  });
  return { database: watched, states, views, isSilent: () => silent };
}

const maxNames = 500;
const viewsByName = new Map<string, readonly ViewName[]>();

/**
 * Statements are made of the names in the catalogue, so a view that is read stands in the text; and statements of one
 * name read the same views.
 */
function viewsOf(name: string, text: string): readonly ViewName[] {
  const known = viewsByName.get(name);
  if (known) return known;
  const views = viewNames.filter((view) => text.includes(`"${view}"`));
  if (viewsByName.size < maxNames) viewsByName.set(name, views);
  return views;
}
