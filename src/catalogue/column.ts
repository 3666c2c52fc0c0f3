import type { Strategy } from './strategy.js';

/** The values of a column as rows carry them, by its kind. */
export interface ColumnValues {
  /** The identifier of a row. */
  id: string;
  text: string;
  /** A wallet address. */
  address: string;
  strategy: Strategy;
  /** A whole number; a bigint beyond 2^53. */
  count: number | bigint;
  /** An exact decimal number in digits. */
  decimal: string;
  /** RFC 3339 with microseconds. */
  instant: string;
}

/** What a column holds. It decides the GraphQL type, the operators of filters, and what a cursor may contain. */
export type ColumnKind = keyof ColumnValues;

export interface Column<
  Name extends string = string,
  Kind extends ColumnKind = ColumnKind,
  Nullable extends boolean = boolean,
> {
  /** The name in the view. */
  readonly name: Name;
  readonly kind: Kind;
  readonly nullable: Nullable;
  /** The description of the GraphQL field, of the filter and of the ordering. */
  readonly description: string;
}

const column =
  <Kind extends ColumnKind>(kind: Kind) =>
  <const Name extends string>(name: Name, description: string): Column<Name, Kind, false> =>
    Object.freeze({ name, kind, nullable: false, description });

export const id = column('id');
export const text = column('text');
export const address = column('address');
export const strategy = column('strategy');
export const count = column('count');
export const decimal = column('decimal');
export const instant = column('instant');

/** The same column where rows may have no value. */
export function nullable<Name extends string, Kind extends ColumnKind>(
  column: Column<Name, Kind>,
): Column<Name, Kind, true> {
  return Object.freeze({ ...column, nullable: true });
}
