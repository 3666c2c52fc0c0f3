import { type RawBuilder, sql } from 'kysely';
import { composedKey } from '../../composed-key.js';
import type { Column, View } from '../../views/catalogue.js';
import { reference } from '../read.js';

export interface Order<Field extends string = string> {
  readonly field: Field;
  readonly direction: 'asc' | 'desc';
}

/** One step of an ordering, as it is walked: backwards pages walk the other way round. */
export interface OrderedColumn<Field extends string = string> extends Order<Field> {
  readonly column: Column;
  /** Rows without a value stand last, whatever the direction; walked backwards they come first. */
  readonly nulls: 'last' | 'first';
}

/**
 * What was asked for, made total: the view's key is appended, so that no two rows are equal, and whatever stands
 * behind the key is dropped, because it cannot matter any more.
 */
export function totalOrdering<Field extends string>(
  view: View<Field>,
  asked: readonly Order<Field>[],
): OrderedColumn<Field>[] {
  const wanted = [...asked, ...view.key.map((field) => ({ field, direction: 'asc' as const }))];
  const ordering: OrderedColumn<Field>[] = [];
  for (const { field, direction } of wanted) {
    if (ordering.some((earlier) => earlier.field === field)) continue;
    ordering.push({ field, direction, column: view.columns[field], nulls: 'last' });
    if (view.key.every((key) => ordering.some((earlier) => earlier.field === key))) break;
  }
  return ordering;
}

/** The same ordering from its other end. */
export function reversed<Field extends string>(
  ordering: readonly OrderedColumn<Field>[],
): OrderedColumn<Field>[] {
  return ordering.map((step) => ({
    ...step,
    direction: step.direction === 'asc' ? 'desc' : 'asc',
    nulls: step.nulls === 'last' ? 'first' : 'last',
  }));
}

/** Clauses that were written before; orderings are few. */
const clauses = new Map<string, RawBuilder<unknown>>();
const maxClauses = 500;

/** ORDER BY. Where there are no nulls their place is left unsaid, so that an index in plain order fits. */
export function orderByClause(ordering: readonly OrderedColumn[]): RawBuilder<unknown> {
  let key = '';
  for (const { column, direction, nulls } of ordering)
    key += composedKey(column.name, column.nullable, direction, nulls);
  const known = clauses.get(key);
  if (known) return known;
  const clause = sql.join(
    ordering.map(({ column, direction, nulls }) => {
      const place = column.nullable ? sql.raw(` nulls ${nulls}`) : sql.raw('');
      return sql`${reference(column)} ${sql.raw(direction)}${place}`;
    }),
  );
  if (clauses.size < maxClauses) clauses.set(key, clause);
  return clause;
}
