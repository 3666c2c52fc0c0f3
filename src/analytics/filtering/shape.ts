import { composedKey } from '../../composed-key.js';
import { boundValue, type FilterInput, requireDepth } from './predicate.js';

/** What a filter has in common with all others that stand for the same text of SQL, and what is its own. */
export interface FilterShape {
  /** The fields and operators, in their order. */
  readonly shape: string;
  /** What is bound, in the order of the text. */
  readonly values: readonly unknown[];
}

/**
 * Takes a filter apart. Everything that decides about the text, and everything that would be refused whatever the
 * values are, is in the shape; values are looked at one by one.
 * @throws GatewayError `BAD_USER_INPUT` for a value that cannot be bound, and for filters that are too deep
 */
export function shapeOf(filter: FilterInput | null | undefined): FilterShape {
  const values: unknown[] = [];
  return { shape: filter ? shapeOfFilter(filter, values, 1) : '', values };
}

function shapeOfFilter(filter: FilterInput, values: unknown[], depth: number): string {
  requireDepth(depth);
  let shape = '{';
  for (const [name, value] of Object.entries(filter) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    shape += composedKey(name);
    if (name === 'and' || name === 'or')
      shape += `[${(value as FilterInput[]).map((part) => shapeOfFilter(part, values, depth + 1)).join('')}]`;
    else if (name === 'not') shape += shapeOfFilter(value as FilterInput, values, depth + 1);
    else shape += shapeOfOperators(name, value as FilterInput, values);
  }
  return `${shape}}`;
}

function shapeOfOperators(field: string, operators: FilterInput, values: unknown[]): string {
  let shape = '(';
  for (const [operator, value] of Object.entries(operators) as [string, unknown][]) {
    if (value === undefined) continue;
    shape += composedKey(operator);
    // These two are written into the text.
    if (operator === 'isNull' || value === null) shape += composedKey(value as boolean | null);
    else values.push(boundValue(field, operator, value));
  }
  return `${shape})`;
}
