import { type SelectQueryBuilder, sql } from 'kysely';
import type { Column } from '../../catalogue/column.js';
import type { View } from '../../catalogue/view.js';
import type { DB } from '../../database/generated.js';
import { badInput } from '../../errors.js';

const maxOrders = 5;

export interface Order<Field extends string = string> {
  readonly field: Field;
  readonly direction: 'asc' | 'desc';
}

/** One step of an ordering, in the direction in which a page is read: `last` reads from the end. */
export interface OrderedColumn<Field extends string = string> extends Order<Field> {
  readonly column: Column;
  /** Lists have rows without a value last in both directions; reading from the end they come first. */
  readonly nulls: 'last' | 'first';
}

/**
 * The requested ordering with the view's key behind it, so that no two rows are equal. Steps behind the key are dropped,
 * because they change nothing.
 */
export function totalOrdering<Field extends string>(
  view: View<Field>,
  requested: readonly Order<Field>[],
): OrderedColumn<Field>[] {
  const wanted = [...requested, ...view.key.map((field) => ({ field, direction: 'asc' as const }))];
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

/** @throws GatewayError `BAD_USER_INPUT` for more steps than an ordering may have */
export function orderSteps<Field extends string>(
  input: readonly Order<Field>[] | null | undefined,
  otherwise: readonly Order<Field>[],
): readonly Order<Field>[] {
  if (!input || input.length === 0) return otherwise;
  if (input.length > maxOrders)
    throw badInput(`orderBy: expected at most ${maxOrders} steps, got ${input.length}`);
  return input;
}

/** Adds ORDER BY. Columns without nulls get no NULLS clause, so that an index without one can be used. */
export function orderRows<Table extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, Table, Row>,
  ordering: readonly OrderedColumn[],
): SelectQueryBuilder<DB, Table, Row> {
  return ordering.reduce(
    (ordered, { column, direction, nulls }) =>
      ordered.orderBy(sql.ref(column.name), (order) => {
        const directed = direction === 'asc' ? order.asc() : order.desc();
        if (!column.nullable) return directed;
        return nulls === 'last' ? directed.nullsLast() : directed.nullsFirst();
      }),
    query,
  );
}
