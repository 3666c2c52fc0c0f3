import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { Granularity } from '../../catalogue/granularity.js';
import { BigIntScalar, DateTimeScalar, DecimalScalar, TimeZoneScalar } from '../../scalars/index.js';
import type { Subject } from './repository.js';
import type { SeriesRange } from './series-range.js';

/** What plays come to. The rule of the field that gives the series decides who may see it, as of all types here. */
@Access('public')
@ObjectType({ simpleResolvers: true, description: 'What the plays of a time come to, exactly.' })
export class SeriesTotals {
  @Field(() => BigIntScalar, { description: 'How many plays there were.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What these plays have paid, in FLOW.' })
  earnings!: string;

  @Field(() => BigIntScalar, { description: 'How long these plays lasted together, in seconds.' })
  listenedSeconds!: number | bigint;
}

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description: 'One unit of the calendar in a series, with the plays whose time is in it.',
})
export class SeriesBucket {
  @Field(() => DateTimeScalar, { description: 'When the bucket begins; this instant is in it.' })
  start!: string;

  @Field(() => DateTimeScalar, {
    description: 'When the bucket ends, which is when the next one begins; this instant is not in it.',
  })
  end!: string;

  @Field(() => Boolean, {
    description: 'Whether the bucket ends after the last refresh, so that plays may still be added.',
  })
  isPartial!: boolean;

  @Field(() => BigIntScalar, { description: 'How many plays there were; 0 in an empty bucket.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What the plays of the bucket have paid, in FLOW.' })
  earnings!: string;

  @Field(() => BigIntScalar, {
    description: 'How long the plays of the bucket lasted together, in seconds.',
  })
  listenedSeconds!: number | bigint;
}

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description:
    'Plays along time, in units of the calendar of one time zone, as they were counted at the last refresh.',
})
export class Series {
  @Field(() => DateTimeScalar, { description: 'When the first bucket begins.' })
  from!: string;

  @Field(() => DateTimeScalar, { description: 'When the last bucket ends.' })
  to!: string;

  @Field(() => Granularity, { description: 'What one bucket is.' })
  granularity!: Granularity;

  @Field(() => TimeZoneScalar, { description: 'The time zone whose calendar it is.' })
  timeZone!: string;

  @Field(() => [SeriesBucket], {
    description: 'Every bucket from `from` to `to`, earliest first; those without plays have zeros.',
  })
  buckets!: readonly SeriesBucket[];

  @Field(() => SeriesTotals, { description: 'The sums of all buckets.' })
  totals!: SeriesTotals;

  readonly subject!: Subject;
  readonly range!: SeriesRange;
}
