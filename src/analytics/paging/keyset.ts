import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { OrderedColumn } from './ordering.js';

/** The values of a row's ordering columns, in the ordering's order. */
export type Position = readonly (string | null)[];

/**
 * The rows after a position: those equal to it in the first n columns and after it in the next, for every n. Nulls
 * have a place in the ordering, too.
 */
export function isAfter(ordering: readonly OrderedColumn[], position: Position): RawBuilder<SqlBool> {
  const alternatives = ordering.map((step, index) => {
    const equal = ordering.slice(0, index).map((earlier, at) => isEqual(earlier, position[at] ?? null));
    return sql<SqlBool>`(${sql.join([...equal, isAfterInColumn(step, position[index] ?? null)], sql` and `)})`;
  });
  const disjunction = sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`;
  const rangeBound = indexBound(ordering[0], position[0] ?? null);
  return rangeBound ? sql<SqlBool>`${rangeBound} and ${disjunction}` : disjunction;
}

function isEqual({ column }: OrderedColumn, value: string | null): RawBuilder<SqlBool> {
  return value === null ? sql`${sql.ref(column.name)} is null` : sql`${sql.ref(column.name)} = ${value}`;
}

function isAfterInColumn(
  { column, direction, nulls }: OrderedColumn,
  value: string | null,
): RawBuilder<SqlBool> {
  if (value === null) return nulls === 'first' ? sql`${sql.ref(column.name)} is not null` : sql`false`;
  const comparison = sql<SqlBool>`${sql.ref(column.name)} ${sql.raw(direction === 'asc' ? '>' : '<')} ${value}`;
  return column.nullable && nulls === 'last'
    ? sql`(${comparison} or ${sql.ref(column.name)} is null)`
    : comparison;
}

/** A redundant range of the first column, which PostgreSQL can use as the bound of an index scan. */
function indexBound(first: OrderedColumn | undefined, value: string | null): RawBuilder<SqlBool> | null {
  if (!first || value === null || first.column.nullable) return null;
  return sql`${sql.ref(first.column.name)} ${sql.raw(first.direction === 'asc' ? '>=' : '<=')} ${value}`;
}
