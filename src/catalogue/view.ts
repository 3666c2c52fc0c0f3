import type { DB, Numeric } from '../database/generated.js';
import type { Column, ColumnKind, ColumnValues, WithholdableColumn } from './column.js';
import type { Strategy } from './strategy.js';

/** The materialized views that the migrations make. */
export type ViewName = Extract<keyof DB, `mv_${string}`>;

/** How GraphQL names the rows of a view. */
export interface RowNames {
  /** Such as `Song`; filter, ordering and connection are named after it. */
  readonly type: string;
  /** Such as `songs`. */
  readonly plural: string;
  readonly description: string;
}

export type Direction = 'asc' | 'desc';

/** One materialized view: its columns under the names that GraphQL gives them. */
export interface View<Field extends string = string, Key extends Field = Field> {
  readonly name: ViewName;
  readonly description: string;
  readonly row: RowNames;
  /** The fields that identify a row; empty for a view of one row. */
  readonly key: readonly Key[];
  /** Fields besides the key whose index has the rows in order, with its direction. Behind the field it has the key. */
  readonly sortedBy: Readonly<Partial<Record<Field, Direction>>>;
  /** Fields whose index finds the rows with a value. */
  readonly foundBy: readonly Field[];
  readonly columns: Readonly<Record<Field, Column>>;
}

/** The fields of a view. */
export type FieldOf<Of extends View> = keyof Of['columns'] & string;

/** The fields of a view that every row has, whatever was selected. */
export type KeyOf<Of extends View> = Of['key'][number] & FieldOf<Of>;

/** A row of a view, as GraphQL names its fields: with the key, and without the columns that were not selected. */
export type RowOf<Of extends View> = Pick<WholeRowOf<Of>, KeyOf<Of>> & Partial<WholeRowOf<Of>>;

type WholeRowOf<Of extends View> = { -readonly [Field in FieldOf<Of>]: ValueOf<Of['columns'][Field]> };

type ValueOf<Of extends Column> = ColumnValues[Of['kind']] | (true extends Of['nullable'] ? null : never);

/**
 * The columns that the database has. Names are checked, and kinds as far as the generated types tell them apart: id, text,
 * address and instant are all strings.
 */
type ColumnOf<Table> = {
  [Name in keyof Table & string]:
    | Column<Name, KindOf<Table[Name]>, null extends Table[Name] ? boolean : false>
    | ('count' extends KindOf<Table[Name]> ? WithholdableColumn<Name> : never);
}[keyof Table & string];

type KindOf<Type> = [NonNullable<Type>] extends [Numeric]
  ? 'decimal'
  : [NonNullable<Type>] extends [Strategy]
    ? 'strategy'
    : [NonNullable<Type>] extends [number | bigint]
      ? 'count'
      : Exclude<ColumnKind, 'decimal' | 'strategy' | 'count'>;

/** Columns of the database that an entry leaves out. */
type Missing<Table, Columns extends Record<string, Column>> = Exclude<
  keyof Table,
  Columns[keyof Columns]['name']
>;

interface Entry<Columns, Field extends PropertyKey, Key extends Field>
  extends Omit<View, 'name' | 'key' | 'sortedBy' | 'foundBy' | 'columns'> {
  readonly key: readonly Key[];
  readonly sortedBy?: Readonly<Partial<Record<NoInfer<Field>, Direction>>>;
  readonly foundBy?: readonly NoInfer<Field>[];
  readonly columns: Columns;
}

/** An entry of the catalogue. The compiler checks its columns against the generated types of the database. */
export function view<
  const Name extends ViewName,
  const Columns extends Record<string, ColumnOf<DB[Name]>>,
  const Key extends keyof Columns = never,
>(
  name: Name,
  entry: Entry<Columns, keyof Columns, Key> &
    ([Missing<DB[Name], Columns>] extends [never] ? unknown : { missing: Missing<DB[Name], Columns> }),
) {
  const { description, row, key, sortedBy = {}, foundBy = [], columns } = entry;
  return Object.freeze({ name, description, row, key, sortedBy, foundBy, columns: Object.freeze(columns) });
}
