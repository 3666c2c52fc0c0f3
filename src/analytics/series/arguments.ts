import { ArgsType, Field, Int } from 'type-graphql';
import { defaultBuckets, Granularity, maxBuckets } from '../../catalogue/granularity.js';
import { badInput } from '../../errors.js';
import { DateTimeScalar, TimeZoneScalar } from '../../scalars/index.js';
import { CompareTo } from './compare-to.js';

/** The arguments of a series. */
@ArgsType()
export class SeriesArguments {
  @Field(() => Granularity, {
    nullable: true,
    defaultValue: Granularity.DAY,
    description: 'What one bucket is; null is the same as DAY.',
  })
  granularity?: Granularity | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many buckets, up to the one that holds \`to\` or else the last refresh: 1 to ${maxBuckets}; ${defaultBuckets} when neither last nor from is given. Not together with from.`,
  })
  last?: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: `When the first bucket begins, or an instant in it. At most ${maxBuckets} buckets.`,
  })
  from?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the last bucket ends, or an instant in it; the bucket that holds the last refresh is the last one when omitted.',
  })
  to?: string | null;

  @Field(() => TimeZoneScalar, {
    nullable: true,
    defaultValue: 'UTC',
    description: 'The time zone whose calendar has the buckets; null is the same as "UTC".',
  })
  timeZone?: string | null;

  @Field(() => CompareTo, {
    nullable: true,
    description: 'What `previous` and `previousToDate` are; null when omitted, and so are these.',
  })
  compareTo?: CompareTo | null;
}

/** Which buckets a series has; `last` is null where `from` is given. */
export interface RangeRequest {
  readonly granularity: Granularity;
  readonly last: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly timeZone: string;
  readonly compareTo: CompareTo | null;
}

/** @throws GatewayError `BAD_USER_INPUT` for what contradicts itself or is out of bounds */
export function requestedRange(given: SeriesArguments): RangeRequest {
  const { last = null, from = null, to = null, compareTo = null } = given;
  if (last !== null && from !== null)
    throw badInput(`last, from: expected one of the two, got last: ${last} and from: ${from}`);
  if (last !== null) requireBuckets(last);
  if (from !== null && to !== null && inFull(from) >= inFull(to))
    throw badInput(`from, to: expected from before to, got from: ${from} and to: ${to}`);
  return {
    granularity: given.granularity ?? Granularity.DAY,
    last: from === null ? (last ?? defaultBuckets) : null,
    from,
    to,
    timeZone: given.timeZone ?? 'UTC',
    compareTo,
  };
}

/** @throws GatewayError `BAD_USER_INPUT` for a number out of bounds */
export function requireBuckets(last: number): number {
  if (last < 1 || last > maxBuckets)
    throw badInput(`last: expected a number from 1 to ${maxBuckets}, got ${last}`);
  return last;
}

/** With six digits of a second, so that texts compare as the instants do. */
function inFull(instant: string): string {
  return instant.slice(0, -1).padEnd('0000-00-00T00:00:00.000000'.length, '0');
}
