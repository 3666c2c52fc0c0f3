import { type ClassType, Field, ID, ObjectType } from 'type-graphql';
import { Access, type AccessRule } from '../../auth/access.js';
import type { Column, ColumnKind } from '../../catalogue/column.js';
import { Strategy } from '../../catalogue/strategy.js';
import type { RowOf, View } from '../../catalogue/view.js';
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';

const types: Readonly<Record<ColumnKind, object>> = {
  id: ID,
  text: String,
  address: AddressScalar,
  strategy: Strategy,
  count: BigIntScalar,
  decimal: DecimalScalar,
  instant: DateTimeScalar,
};

/** Makes the object type of a view's rows: a field for each column. */
export function rowTypeOf<Of extends View>(
  view: Of,
  access: AccessRule<RowOf<Of>>,
  interfaces: readonly ClassType[] = [],
): ClassType<RowOf<Of>> {
  class Row {}
  Access(access)(Row);
  ObjectType(view.row.type, {
    simpleResolvers: true,
    description: view.row.description,
    implements: [...interfaces],
  })(Row);
  for (const [field, { kind, nullable, description }] of Object.entries<Column>(view.columns))
    Field(() => types[kind], { nullable, description })(Row.prototype, field);
  return Row as ClassType<RowOf<Of>>;
}
