import { type ClassType, Field, InputType, registerEnumType } from 'type-graphql';
import type { Column } from '../../catalogue/column.js';
import type { FieldOf, View } from '../../catalogue/view.js';
import type { Order } from '../paging/ordering.js';
import { OrderDirection } from './order-direction.js';

/** One step of an ordering of a view's rows. */
export type OrderOf<Of extends View> = Order<FieldOf<Of>>;

/** Makes the input type of a view's orderings and the enum of its fields: `playCount` becomes PLAY_COUNT. */
export function orderInputOf<Of extends View>({ row, columns }: Of): ClassType<OrderOf<Of>> {
  const entries = Object.entries<Column>(columns);
  const Fields = Object.fromEntries(entries.map(([field]) => [enumName(field), field]));
  registerEnumType(Fields, {
    name: `${row.type}OrderField`,
    description: `What ${row.plural} can be ordered by.`,
    valuesConfig: Object.fromEntries(
      entries.map(([field, { description }]) => [enumName(field), { description }]),
    ),
  });

  @InputType(`${row.type}Order`, {
    description: 'One step of an ordering: a field and which end of it comes first.',
  })
  class OrderStep implements OrderOf<Of> {
    @Field(() => Fields, { description: 'The field to order by.' })
    field!: FieldOf<Of>;

    @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
    direction!: OrderDirection;
  }
  return OrderStep;
}

function enumName(field: string): string {
  return field
    .replace(/([a-z])([A-Z0-9])/g, '$1_$2')
    .replace(/(\d)([A-Z])/g, '$1_$2')
    .toUpperCase();
}
