import { type ClassType, Field, InputType } from 'type-graphql';
import type { Column, ColumnKind } from '../../catalogue/column.js';
import type { FieldOf, View } from '../../catalogue/view.js';
import {
  AddressFilter,
  BigIntFilter,
  DateTimeFilter,
  DecimalFilter,
  IDFilter,
  StrategyFilter,
  StringFilter,
} from '../filtering/operators.js';

/** The operators of a column, by what it holds. */
interface OperatorsOf {
  readonly id: IDFilter;
  readonly text: StringFilter;
  readonly address: AddressFilter;
  readonly strategy: StrategyFilter;
  readonly count: BigIntFilter;
  readonly decimal: DecimalFilter;
  readonly instant: DateTimeFilter;
}

const operators: { readonly [Kind in ColumnKind]: ClassType<OperatorsOf[Kind]> } = {
  id: IDFilter,
  text: StringFilter,
  address: AddressFilter,
  strategy: StrategyFilter,
  count: BigIntFilter,
  decimal: DecimalFilter,
  instant: DateTimeFilter,
};

/** A filter of a view's rows: operators for each field, and further filters. All parts have to hold. */
export type FilterOf<Of extends View> = {
  readonly [Field in FieldOf<Of>]?: OperatorsOf[Of['columns'][Field]['kind']] | null;
} & {
  readonly and?: readonly FilterOf<Of>[] | null;
  readonly or?: readonly FilterOf<Of>[] | null;
  readonly not?: FilterOf<Of> | null;
};

/** Makes the input type of a view's filters, such as `SongFilter`. */
export function filterInputOf<Of extends View>({ row, columns }: Of): ClassType<FilterOf<Of>> {
  class Filter {}
  InputType(`${row.type}Filter`, {
    description: `Which ${row.plural}: all conditions that are given have to hold. \`and\`, \`or\` and \`not\` join further filters.`,
  })(Filter);
  const add = (name: string, type: () => object, description: string) =>
    Field(type, { nullable: true, description })(Filter.prototype, name);
  for (const [field, { kind, description }] of Object.entries<Column>(columns))
    add(field, () => operators[kind], description);
  add('and', () => [Filter], 'All of these have to hold.');
  add('or', () => [Filter], 'At least one of these has to hold.');
  add('not', () => Filter, 'This must not hold.');
  return Filter as ClassType<FilterOf<Of>>;
}
