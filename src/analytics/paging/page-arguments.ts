import { ArgsType, Field, Int } from 'type-graphql';
import { badInput } from '../../errors.js';

export const maxPageSize = 100;
export const defaultPage = 20;

/** The Relay arguments of every list. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: `How many rows from the start, or after \`after\`: 0 to ${maxPageSize}; ${defaultPage} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows behind this cursor.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many rows from the end, or before \`before\`: 0 to ${maxPageSize}. Not together with first.`,
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows ahead of this cursor.' })
  before?: string | null;
}

/** How many rows are read, and from which end. */
export interface PageSize {
  readonly size: number;
  readonly backward: boolean;
}

/** @throws GatewayError `BAD_USER_INPUT` for sizes out of bounds, or both ends at once. */
export function pageSize({ first, last, before, after }: PageArguments): PageSize {
  if (typeof first === 'number' && typeof last === 'number')
    throw badInput(`first, last: expected one of the two, got first: ${first} and last: ${last}`);
  if (typeof first === 'number') return { size: requireSize('first', first), backward: false };
  if (typeof last === 'number') return { size: requireSize('last', last), backward: true };
  return { size: defaultPage, backward: typeof before === 'string' && typeof after !== 'string' };
}

/** @throws GatewayError `BAD_USER_INPUT` when a list could not be that long. */
export function requireSize(argument: string, size: number, largest: number = maxPageSize): number {
  if (size < 0 || size > largest)
    throw badInput(`${argument}: expected a number from 0 to ${largest}, got ${size}`);
  return size;
}
