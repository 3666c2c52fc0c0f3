import { Arg, Int } from 'type-graphql';
import { maxPageSize, requireSize } from './page-arguments.js';

/** The argument `first` of a list that has no pages. */
export function SizeArgument(defaultSize: number, rows: string) {
  return Arg('first', () => Int, {
    nullable: true,
    defaultValue: defaultSize,
    description: `How many ${rows}: 0 to ${maxPageSize}; null is the same as ${defaultSize}.`,
  });
}

/** @throws GatewayError `BAD_USER_INPUT` for a size out of bounds */
export function listSize(first: number | null, defaultSize: number): number {
  return requireSize('first', first ?? defaultSize);
}
