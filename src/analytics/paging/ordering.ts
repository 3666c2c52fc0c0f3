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

/** Adds ORDER BY. Where there are no nulls their place is left out, so that an index in plain order fits. */
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
