import { Field, InputType, registerEnumType } from 'type-graphql';
import { badInput } from '../../errors.js';
import type { View } from '../../views/catalogue.js';
import { OrderDirection } from './order-direction.js';
import type { Order } from './ordering.js';

const maxOrders = 5;

/** One step of an ordering, as it arrives. */
export interface OrderInput<FieldName extends string> {
  readonly field: FieldName;
  readonly direction: OrderDirection;
}

/** Makes the input type and the enum of fields that a list can be ordered by: `playCount` becomes PLAY_COUNT. */
export function orderInputOf<FieldName extends string>(
  name: string,
  view: View<FieldName>,
  descriptions: Readonly<Record<FieldName, string>>,
) {
  const fields = Object.keys(view.columns) as FieldName[];
  const Fields = Object.fromEntries(fields.map((field) => [enumName(field), field])) as Record<
    string,
    FieldName
  >;
  registerEnumType(Fields, {
    name: `${name}Field`,
    description: `What ${name.replace('Order', '').toLowerCase()}s can be ordered by.`,
    valuesConfig: Object.fromEntries(
      fields.map((field) => [enumName(field), { description: descriptions[field] }]),
    ),
  });

  @InputType(name, { description: 'One step of an ordering: a field and which end of it comes first.' })
  class OrderStep implements OrderInput<FieldName> {
    @Field(() => Fields, { description: 'The field to order by.' })
    field!: FieldName;

    @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
    direction!: OrderDirection;
  }
  return OrderStep;
}

/** @throws GatewayError `BAD_USER_INPUT` for more steps than an ordering may have. */
export function orderSteps<FieldName extends string>(
  input: readonly OrderInput<FieldName>[] | null | undefined,
  otherwise: readonly Order<FieldName>[],
): readonly Order<FieldName>[] {
  if (!input || input.length === 0) return otherwise;
  if (input.length > maxOrders)
    throw badInput(`orderBy: expected at most ${maxOrders} steps, got ${input.length}`);
  return input;
}

function enumName(field: string): string {
  return field
    .replace(/([a-z])([A-Z0-9])/g, '$1_$2')
    .replace(/(\d)([A-Z])/g, '$1_$2')
    .toUpperCase();
}
