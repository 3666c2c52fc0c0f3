import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { badInput } from '../../errors.js';
import type { Column, View } from '../../views/catalogue.js';
import { reference } from '../read.js';
import { requireStorable } from './storable-text.js';

/** A filter as it arrives: operators for each field, and the three ways of joining filters. */
export type FilterInput = object;

const maxDepth = 8;
const maxConditions = 100;
const maxFilters = 1000;
const maxValues = 1000;
/** How long a text may be that is searched for, in characters; each may have to be escaped. */
const maxSearchLength = 5_000;

/** What is left of what one filter may ask for. */
interface Budget {
  conditions: number;
  filters: number;
}

/**
 * The condition that a filter stands for, or undefined when it stands for none. Pure: values are bound, never
 * written into the text, and names come from the view's own columns.
 * @throws GatewayError `BAD_USER_INPUT` for an operator without a value and for filters beyond all measure.
 */
export function predicateOf(
  view: View,
  filter: FilterInput | null | undefined,
): RawBuilder<SqlBool> | undefined {
  if (!filter) return undefined;
  const budget = { conditions: maxConditions, filters: maxFilters };
  const parts = conditionsOf(view, filter, budget, 1);
  return parts.length > 0 ? allOf(parts) : undefined;
}

function conditionsOf(view: View, filter: FilterInput, budget: Budget, depth: number): RawBuilder<SqlBool>[] {
  requireDepth(depth);
  if (--budget.filters < 0) throw badInput(`filter: expected at most ${maxFilters} filters, got more`);
  const parts: RawBuilder<SqlBool>[] = [];
  const inner = (part: FilterInput) => allOf(conditionsOf(view, part, budget, depth + 1));
  for (const [name, value] of Object.entries(filter) as [string, unknown][]) {
    if (value === undefined || value === null) continue;
    if (name === 'and') parts.push(allOf((value as FilterInput[]).map(inner)));
    else if (name === 'or') parts.push(anyOf((value as FilterInput[]).map(inner)));
    // A comparison with a missing value is neither true nor false; what is not true is what `not` asks for.
    else if (name === 'not') parts.push(sql`(${inner(value as FilterInput)}) is not true`);
    else parts.push(...operatorsOf(name, view.columns[name] as Column, value as FilterInput, budget));
  }
  return parts;
}

function operatorsOf(
  field: string,
  column: Column,
  operators: FilterInput,
  budget: Budget,
): RawBuilder<SqlBool>[] {
  return (Object.entries(operators) as [string, unknown][]).flatMap(([operator, value]) => {
    if (value === undefined) return [];
    if (value === null)
      throw badInput(
        `filter.${field}.${operator}: expected a value, got null; rows without a value are found by isNull`,
      );
    if (--budget.conditions < 0)
      throw badInput(`filter: expected at most ${maxConditions} conditions, got more`);
    return [condition(operator, reference(column), boundValue(field, operator, value))];
  });
}

/** @throws GatewayError `BAD_USER_INPUT` */
export function requireDepth(depth: number): void {
  if (depth > maxDepth)
    throw badInput(`filter: expected at most ${maxDepth} levels of and, or, not, got more`);
}

/**
 * What is bound for the value of an operator.
 * @throws GatewayError `BAD_USER_INPUT` for what PostgreSQL could not hold, and for lists beyond all measure
 */
export function boundValue(field: string, operator: string, value: unknown): unknown {
  if (Array.isArray(value) && value.length > maxValues)
    throw badInput(`filter.${field}.${operator}: expected at most ${maxValues} values, got ${value.length}`);
  for (const each of Array.isArray(value) ? value : [value])
    if (typeof each === 'string') requireStorable(`filter.${field}.${operator}`, each);
  const isSearch = operator === 'contains' || operator === 'startsWith';
  if (isSearch && String(value).length > maxSearchLength)
    throw badInput(
      `filter.${field}.${operator}: expected at most ${maxSearchLength} characters, got ${String(value).length}`,
    );
  if (operator === 'contains') return `%${likePattern(String(value))}%`;
  return operator === 'startsWith' ? `${likePattern(String(value))}%` : value;
}

function condition(operator: string, column: RawBuilder<unknown>, value: unknown): RawBuilder<SqlBool> {
  switch (operator) {
    case 'eq':
      return sql`${column} = ${value}`;
    case 'ne':
      return sql`${column} is distinct from ${value}`;
    case 'in':
      return sql`${column} = any(${value})`;
    case 'notIn':
      return sql`(${column} = any(${value})) is not true`;
    case 'gt':
    case 'after':
      return sql`${column} > ${value}`;
    case 'gte':
    case 'atOrAfter':
      return sql`${column} >= ${value}`;
    case 'lt':
    case 'before':
      return sql`${column} < ${value}`;
    case 'lte':
    case 'atOrBefore':
      return sql`${column} <= ${value}`;
    case 'contains':
    case 'startsWith':
      return sql`${column} ilike ${value}`;
    case 'isNull':
      return value === true ? sql`${column} is null` : sql`${column} is not null`;
    default:
      throw badInput(`filter: expected a known operator, got ${operator}`);
  }
}

/** The text with the signs that LIKE reads as patterns taken literally. */
export function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function allOf(parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
}

function anyOf(parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}
