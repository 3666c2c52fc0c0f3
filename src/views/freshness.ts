import { sql } from 'kysely';
import type { ViewName } from '../catalogue/view.js';
import { rawQuery } from '../database/raw-query.js';
import { type Reader, readOne } from '../database/reader/reader.js';
import { parseInstant } from '../database/wire/values.js';

/** The refresh that the views show: all stand at its instant, except those that are behind. */
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
  /** Views that wait for a schedule of their own, and the refresh that they show until then. */
  readonly behind: Readonly<
    Partial<Record<ViewName, { readonly generation: number; readonly asOf: string }>>
  >;
}

/** The instant that the numbers of a view hold for. */
export function asOfView({ asOf, behind }: Pick<Generation, 'asOf' | 'behind'>, view: ViewName): string {
  return behind[view]?.asOf ?? asOf;
}

/** Reads the last refresh from the ledger; null before the first one. */
export async function findGeneration(reader: Reader): Promise<Generation | null> {
  const query = sql<Generation>`
    select generation, state, previous_state as "previousState", ledger.as_of as "asOf", finished_at as "finishedAt",
      duration_ms as "durationMs", rows_changed as "rowsChanged", phases, (
        select coalesce(jsonb_object_agg(view, jsonb_build_object('generation', generation, 'asOf', as_of::text)), '{}')
        from analytics.view_freshness where is_behind) as behind
    from analytics.engine join analytics.refresh_ledger ledger using (generation)`;
  const found = await readOne(reader, 'generation', rawQuery(query));
  return found && { ...found, behind: parseInstants(found.behind) };
}

/** Times inside JSON come in PostgreSQL's form. */
function parseInstants(behind: Generation['behind']): Generation['behind'] {
  return Object.fromEntries(
    Object.entries(behind).map(([view, shown]) => [view, { ...shown, asOf: parseInstant(shown.asOf) }]),
  );
}
