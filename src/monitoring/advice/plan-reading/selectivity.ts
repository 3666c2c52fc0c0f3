import type { Condition } from './condition.js';
import type { Column } from './relation.js';

/** Default selectivity of a range condition. */
const unknownRange = 0.33;

/** Fraction of rows matching a condition, 0 to 1, from the column's statistics. */
export function selectivityOf(condition: Condition, column: Column): number {
  const { kind, literals } = condition;
  if (kind === 'null') return column.nullFraction;
  if (kind === 'notNull') return 1 - column.nullFraction;
  if (kind === 'range') return unknownRange * (1 - column.nullFraction);
  if (kind === 'prefix') return 0.05;
  const parts = (literals ?? [null]).map((literal) => shareOf(literal, column));
  return Math.min(
    1,
    parts.reduce((sum, part) => sum + part, 0),
  );
}

/** Fraction of rows with one value; values that are not most-common are assumed equally frequent. */
function shareOf(literal: string | null, column: Column): number {
  const filled = 1 - column.nullFraction;
  if (literal === null) return filled / column.distinct;
  const known = column.common.get(literal);
  if (known !== undefined) return known;
  const inCommon = [...column.common.values()].reduce((sum, share) => sum + share, 0);
  return Math.max(0, filled - inCommon) / Math.max(1, column.distinct - column.common.size);
}
