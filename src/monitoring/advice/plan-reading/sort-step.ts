import { type ColumnReference, columnPattern, referenceOf } from './expression.js';

/** One sort key of a plan. */
export interface SortStep extends ColumnReference {
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** Quoted collation; null for the column's collation. */
  readonly collation: string | null;
}

const step = new RegExp(
  `^${columnPattern}( COLLATE ((?:[a-z_]+\\.)?"[^"]+"))?( DESC)?( NULLS (FIRST|LAST))?$`,
);

/** Parses sort keys; null when one of them is not a plain column. */
export function sortStepsOf(keys: readonly string[] | undefined): SortStep[] | null {
  const steps = (keys ?? []).map((key) => {
    const match = step.exec(withoutOuter(key));
    if (!match) return null;
    const [, alias, column, cast, , collation, descending, , nulls] = match;
    return {
      ...referenceOf(alias, column, cast),
      descending: descending !== undefined,
      nullsFirst: nulls ? nulls === 'FIRST' : descending !== undefined,
      collation: collation ?? null,
    };
  });
  return steps.length > 0 && steps.every((each) => each !== null) ? steps : null;
}

/** `((songs.title)::text) DESC` is `(songs.title)::text DESC`. */
function withoutOuter(key: string): string {
  return key.replace(/^\((\([^()]+\)::[a-z ]+)\)/, '$1');
}
