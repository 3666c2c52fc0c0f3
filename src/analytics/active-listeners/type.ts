import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { suppressedDescription } from '../withholding/suppressed.js';

/** What listeners are counted over. */
export const ActiveListenersGranularity = { DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH' } as const;
export type ActiveListenersGranularity =
  (typeof ActiveListenersGranularity)[keyof typeof ActiveListenersGranularity];

registerEnumType(ActiveListenersGranularity, {
  name: 'ActiveListenersGranularity',
  description: 'What active listeners are counted over, in UTC.',
  valuesConfig: {
    DAY: { description: 'A day from midnight on.' },
    WEEK: { description: 'A week from Monday on.' },
    MONTH: { description: 'A month from its first day on.' },
  },
});

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'A day, week or month with its active listeners.' })
export class ActiveListenersBucket {
  @Field(() => DateTimeScalar, { description: 'When the bucket begins; this instant is in it.' })
  start!: string;

  @Field(() => DateTimeScalar, {
    description: 'When the bucket ends, which is when the next one begins; this instant is not in it.',
  })
  end!: string;

  @Field(() => Boolean, {
    description: 'Whether the bucket ends after the last refresh, so that listeners may be added.',
  })
  isPartial!: boolean;

  @Field(() => BigIntScalar, {
    nullable: true,
    description:
      'How many different addresses have played a song in it; 0 in an empty bucket. Null where it is withheld.',
  })
  listeners!: number | bigint | null;
}

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description: 'Active listeners along time, in UTC, as they were counted at the last refresh.',
})
export class ActiveListenersSeries {
  @Field(() => ActiveListenersGranularity, { description: 'What one bucket is.' })
  granularity!: ActiveListenersGranularity;

  @Field(() => [ActiveListenersBucket], {
    description: 'The buckets up to the one that holds the last refresh, earliest first.',
  })
  buckets!: readonly ActiveListenersBucket[];

  @Field(() => Boolean, { description: suppressedDescription })
  listenersSuppressed!: boolean;
}
