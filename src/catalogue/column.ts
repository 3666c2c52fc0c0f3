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
  /** Whether it counts listeners, so that small numbers may be withheld. */
  readonly isWithholdable?: true;
}

/** A count of listeners. It has no value where it is withheld, though the view always has one. */
export interface WithholdableColumn<Name extends string = string> extends Column<Name, 'count', true> {
  readonly isWithholdable: true;
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

/** How many different listeners there are; null where the number is withheld. */
export function listeners<const Name extends string>(
  name: Name,
  description: string,
): WithholdableColumn<Name> {
  return Object.freeze({
    name,
    kind: 'count',
    nullable: true,
    description: `${description} Null where it is withheld.`,
    isWithholdable: true,
  });
}

/** The same column where rows may have no value. */
export function nullable<Name extends string, Kind extends ColumnKind>(
  column: Column<Name, Kind>,
): Column<Name, Kind, true> {
  return Object.freeze({ ...column, nullable: true });
}
