import { badInput } from '../../errors.js';

export const maxPageSize = 100;
export const defaultPageSize = 20;

/** The arguments of a page, in the form of the Relay specification. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
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
  return { size: defaultPageSize, backward: typeof before === 'string' && typeof after !== 'string' };
}

/** @throws GatewayError `BAD_USER_INPUT` for a size out of bounds. */
export function requireSize(argument: string, size: number): number {
  if (size < 0 || size > maxPageSize)
    throw badInput(`${argument}: expected a number from 0 to ${maxPageSize}, got ${size}`);
  return size;
}
