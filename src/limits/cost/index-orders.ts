import { views } from '../../catalogue/index.js';
import type { Direction, View } from '../../catalogue/view.js';

/** One step of an ordering, as a document gives it. */
export interface OrderStep {
  readonly field: string;
  readonly direction: Direction;
}

const viewsByOrderType: ReadonlyMap<string, View> = new Map(
  views.map((view: View) => [`${view.row.type}Order`, view]),
);

/** The orders in which the indexes of a view have its rows, by the type of the argument. */
const indexOrders: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...viewsByOrderType].map(([orderType, view]) => [orderType, new Set(listIndexOrders(view))]),
);

/**
 * Whether an index has the rows of a list in its order, so that the first rows are found without reading the others.
 * Rows that are equal in all steps stand by the key, and an index serves only if it has them in that order, too.
 */
export function isOrderedByIndex(orderType: string, steps: readonly OrderStep[]): boolean {
  const view = viewsByOrderType.get(orderType);
  return view !== undefined && indexOrders.get(orderType)!.has(textOf(totalOrder(view, steps)));
}

/** An index can be read from both ends. */
function listIndexOrders({ key, sortedBy, columns }: View): string[] {
  const keySteps = key.map((field): OrderStep => ({ field, direction: 'asc' }));
  const sorted = Object.entries(sortedBy).map(([field, direction = 'asc']) => [
    { field, direction },
    ...keySteps,
  ]);
  return (
    [keySteps, ...sorted]
      .flatMap((steps) => [steps, steps.map(reversed)])
      // In descending order an index has nulls first, where lists have them last.
      .filter(
        (steps) => !steps.some(({ field, direction }) => columns[field]!.nullable && direction === 'desc'),
      )
      .map(textOf)
  );
}

function reversed({ field, direction }: OrderStep): OrderStep {
  return { field, direction: direction === 'asc' ? 'desc' : 'asc' };
}

/** The steps with the key behind them, without those that can no longer change anything. */
function totalOrder({ key }: View, steps: readonly OrderStep[]): OrderStep[] {
  const order: OrderStep[] = [];
  for (const step of [...steps, ...key.map((field) => ({ field, direction: 'asc' as const }))]) {
    if (key.every((field) => order.some((earlier) => earlier.field === field))) break;
    if (!order.some((earlier) => earlier.field === step.field)) order.push(step);
  }
  return order;
}

function textOf(steps: readonly OrderStep[]): string {
  return steps.map(({ field, direction }) => `${field} ${direction}`).join();
}
