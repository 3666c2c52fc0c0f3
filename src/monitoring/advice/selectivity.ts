import type { Condition } from './condition.js';
import type { Column } from './relation.js';

/** What part of the rows is left where nothing is known of a range. */
const unknownRange = 0.33;

/** Which part of all rows fits a condition, 0 to 1, judged by the statistics of its column alone. */
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

/** Which part of the rows has one value; of an unknown one, as if all values were as frequent. */
function shareOf(literal: string | null, column: Column): number {
  const filled = 1 - column.nullFraction;
  if (literal === null) return filled / column.distinct;
  const known = column.common.get(literal);
  if (known !== undefined) return known;
  const inCommon = [...column.common.values()].reduce((sum, share) => sum + share, 0);
  return Math.max(0, filled - inCommon) / Math.max(1, column.distinct - column.common.size);
}
