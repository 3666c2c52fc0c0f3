import { sql } from 'kysely';
import type { ViewName } from '../catalogue/view.js';
import { rawQuery } from '../database/raw-query.js';
import { type Reader, readOne } from '../database/reader/reader.js';

/** The refresh that the views show: all stand at its instant. */
export interface Generation {
  readonly generation: number;
  /** Drawn at random by the refresh: a database that was restored comes to the same generation, but not to the same state. */
  readonly state: number;
  /** The state that the refresh started from; null before there were states. */
  readonly previousState: number | null;
  /** RFC 3339 with microseconds. */
  readonly asOf: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** Null where the server does not count (`track_counts = off`). */
  readonly rowsChanged: Readonly<Partial<Record<ViewName, number | null>>>;
  /** Milliseconds of each phase; publishing a view is a phase under the view's name, if anything in it can have changed. */
  readonly phases: Readonly<Record<string, number>>;
}

/** Reads the last refresh from the ledger; null before the first one. */
export function findGeneration(reader: Reader): Promise<Generation | null> {
  const query = sql<Generation>`
    select generation, state, previous_state as "previousState", ledger.as_of as "asOf", finished_at as "finishedAt",
      duration_ms as "durationMs", rows_changed as "rowsChanged", phases
    from analytics.engine join analytics.refresh_ledger ledger using (generation)`;
  return readOne(reader, 'generation', rawQuery(query));
}
