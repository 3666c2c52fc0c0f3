import { ArgsType, type ClassType, Field, Int } from 'type-graphql';
import type { View } from '../../catalogue/view.js';
import { defaultPageSize, maxPageSize, type PageArguments } from '../paging/page-arguments.js';
import { type FilterOf, filterInputOf } from './filter-input.js';
import { type OrderOf, orderInputOf } from './order-input.js';

/** The arguments of a list: a page in the form of the Relay specification, a filter and an ordering. */
export interface ListArguments<Of extends View> extends PageArguments {
  readonly orderBy?: readonly OrderOf<Of>[] | null;
  readonly filter?: FilterOf<Of> | null;
}

/** Makes the arguments of a list of a view's rows, with the input types of its filter and its ordering. */
export function listArgumentsOf<Of extends View>(view: Of): ClassType<ListArguments<Of>> {
  const Filter = filterInputOf(view);
  const Order = orderInputOf(view);
  class Arguments {}
  ArgsType()(Arguments);
  const add = (name: keyof ListArguments<Of>, type: () => object, description: string) =>
    Field(type, { nullable: true, description })(Arguments.prototype, name);
  add(
    'first',
    () => Int,
    `How many rows from the start, or after \`after\`: 0 to ${maxPageSize}; ${defaultPageSize} when neither first nor last is given.`,
  );
  add('after', () => String, 'Only rows after this cursor.');
  add(
    'last',
    () => Int,
    `How many rows from the end, or before \`before\`: 0 to ${maxPageSize}. Not together with first.`,
  );
  add(
    'before',
    () => String,
    'Only rows before this cursor. Alone it gives the rows right before the cursor.',
  );
  add('orderBy', () => [Order], 'The ordering, most important step first; at most 5.');
  add('filter', () => Filter, `Which ${view.row.plural}; all when omitted.`);
  return Arguments as ClassType<ListArguments<Of>>;
}
