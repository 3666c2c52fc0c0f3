import { type Compilable, sql } from 'kysely';
import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import type { Reader } from '../database/reader/reader.js';

const stateText = '(select state::text from analytics.engine)';

/**
 * The state of the views that a statement saw, selected by the statement itself so that it comes from the
 * snapshot of its rows. It is text because only the first row's state is parsed.
 */
export const stateColumn = sql<string>`${sql.raw(stateText)}`.as('state');

const selectedState = `${stateText} as "state"`;

/** Whether a statement says which state it saw, if it gives a row. */
export function selectsState(text: string): boolean {
  return text.includes(selectedState);
}

/** The state that a statement saw; null where it gave no row or no `stateColumn`. */
export function stateOf(rows: readonly unknown[]): number | null {
  const { state } = (rows[0] ?? {}) as { readonly state?: unknown };
  return typeof state === 'string' ? Number(state) : null;
}

/** A view, or the engine, whose instant every refresh moves. */
export type Source = ViewName | 'engine';

/** What the statements of one execution have read. */
export interface Reading {
  /** The reader to execute with. */
  readonly reader: Reader;
  /** The states of the views that were seen; more than one when a refresh was published between two statements. */
  readonly states: ReadonlySet<number>;
  readonly sources: ReadonlySet<Source>;
  /** Whether a statement returned no state: no row, or no `stateColumn`. */
  isSilent(): boolean;
}

/**
 * Records which sources and states one execution reads through `next`. A statement that reads one of the views in `joint` has
 * all of them for sources.
 */
export function recordReads(next: Reader, joint: readonly ViewName[] = []): Reading {
  const states = new Set<number>();
  const sources = new Set<Source>();
  let silent = false;
  return {
    reader: {
      async read<Row>(name: string, query: Compilable<Row>) {
        const rows = await next.read(name, query);
        for (const source of sourcesOf(name, query)) {
          sources.add(source);
          if (joint.includes(source as ViewName)) for (const other of joint) sources.add(other);
        }
        const state = stateOf(rows);
        if (state === null) silent = true;
        else states.add(state);
        return rows;
      },
    },
    states,
    sources,
    isSilent: () => silent,
  };
}

const maxNames = 500;
const sourcesByName = new Map<string, readonly Source[]>();

/**
 * Statements are made of the names in the catalogue, so a view that is read stands in the text; and statements of one
 * name read the same views. A statement without a view reads the engine, such as the instant of the last refresh.
 */
function sourcesOf(name: string, query: Compilable<unknown>): readonly Source[] {
  const known = sourcesByName.get(name);
  if (known) return known;
  const { sql: text } = query.compile();
  const views = viewNames.filter((view) => text.includes(`"${view}"`));
  const sources: readonly Source[] = views.length > 0 ? views : ['engine'];
  if (sourcesByName.size < maxNames) sourcesByName.set(name, sources);
  return sources;
}
