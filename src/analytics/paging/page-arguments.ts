import { badInput } from '../../errors.js';

export const maxPageSize = 100;
export const defaultPage = 20;

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
  return { size: defaultPage, backward: typeof before === 'string' && typeof after !== 'string' };
}

/** @throws GatewayError `BAD_USER_INPUT` when a list could not be that long. */
export function requireSize(argument: string, size: number, largest: number = maxPageSize): number {
  if (size < 0 || size > largest)
    throw badInput(`${argument}: expected a number from 0 to ${largest}, got ${size}`);
  return size;
}
