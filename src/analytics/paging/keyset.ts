import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { OrderedColumn } from './ordering.js';

/** The values of a row's ordering columns, in the ordering's order. */
export type Position = readonly (string | null)[];

/**
 * The rows that stand behind a position: those equal to it in the first n columns and behind it in the next, for
 * every n. Nulls have a place in the ordering like any value.
 */
export function isBehind(ordering: readonly OrderedColumn[], position: Position): RawBuilder<SqlBool> {
  const alternatives = ordering.map((step, index) => {
    const equal = ordering.slice(0, index).map((earlier, at) => isEqual(earlier, position[at] ?? null));
    return sql<SqlBool>`(${sql.join([...equal, isBehindIn(step, position[index] ?? null)], sql` and `)})`;
  });
  const anyOf = sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`;
  const bound = leadingBound(ordering[0], position[0] ?? null);
  return bound ? sql<SqlBool>`${bound} and ${anyOf}` : anyOf;
}

function isEqual({ column }: OrderedColumn, value: string | null): RawBuilder<SqlBool> {
  return value === null ? sql`${sql.ref(column.name)} is null` : sql`${sql.ref(column.name)} = ${value}`;
}

function isBehindIn({ column, direction, nulls }: OrderedColumn, value: string | null): RawBuilder<SqlBool> {
  if (value === null) return nulls === 'first' ? sql`${sql.ref(column.name)} is not null` : sql`false`;
  const comparison = sql<SqlBool>`${sql.ref(column.name)} ${sql.raw(direction === 'asc' ? '>' : '<')} ${value}`;
  return column.nullable && nulls === 'last'
    ? sql`(${comparison} or ${sql.ref(column.name)} is null)`
    : comparison;
}

/** Says once more, where it can be said simply, where the first column begins: an index can start there. */
function leadingBound(first: OrderedColumn | undefined, value: string | null): RawBuilder<SqlBool> | null {
  if (!first || value === null || first.column.nullable) return null;
  return sql`${sql.ref(first.column.name)} ${sql.raw(first.direction === 'asc' ? '>=' : '<=')} ${value}`;
}
