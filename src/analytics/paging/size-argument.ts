import { Arg, Int } from 'type-graphql';
import { maxPageSize, requireSize } from './page-arguments.js';

/** The argument `first` of a list that has no pages. */
export function SizeArgument(usual: number, rows: string) {
  return Arg('first', () => Int, {
    nullable: true,
    defaultValue: usual,
    description: `How many ${rows}: 0 to ${maxPageSize}; null is the same as ${usual}.`,
  });
}

/**
 * How long such a list gets.
 *
 * @throws GatewayError `BAD_USER_INPUT` when it could not be that long.
 */
export function listSize(first: number | null, usual: number): number {
  return requireSize('first', first ?? usual);
}
