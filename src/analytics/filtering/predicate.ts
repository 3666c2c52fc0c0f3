import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Column } from '../../catalogue/column.js';
import type { View } from '../../catalogue/view.js';
import { badInput } from '../../errors.js';
import type { Filter, FilterNode } from './parse-filter.js';

/**
 * The condition of a filter; undefined for an empty filter. Pure: values are bound, never written into the text, and
 * names come from the catalogue.
 */
export function predicateOf(view: View, { root }: Filter): RawBuilder<SqlBool> | undefined {
  return root && conditionOf(view, root);
}

function conditionOf(view: View, node: FilterNode): RawBuilder<SqlBool> {
  switch (node.kind) {
    case 'all':
      return joinAnd(node.parts.map((part) => conditionOf(view, part)));
    case 'any':
      return joinOr(node.parts.map((part) => conditionOf(view, part)));
    case 'not':
      // A comparison with NULL is NULL, and `not` includes those rows.
      return sql`(${conditionOf(view, node.part)}) is not true`;
    case 'condition':
      return comparison(node.operator, sql.ref((view.columns[node.field] as Column).name), node.value);
  }
}

function comparison(operator: string, column: RawBuilder<unknown>, value: unknown): RawBuilder<SqlBool> {
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

function joinAnd(parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
}

function joinOr(parts: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> {
  return parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`;
}
