import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { AlertKind } from './alerts.js';

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description: 'The kind of problem an alert is about.',
  valuesConfig: {
    SLOW_QUERY: { description: 'A query took longer than `slowQueryMs`.' },
    QUERY_ERROR: { description: 'A query failed.' },
    POOL_WARNING: { description: 'Pool utilization reached `connectionPoolWarning`.' },
    STALE_VIEW: { description: 'The views became older than `viewStalenessHours`.' },
    VERIFICATION: {
      description: 'The last verification failed, or found that the views are not what the plays say.',
    },
  },
});

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A problem, from its first occurrence until it was over. Repeated occurrences are counted.',
})
export class Alert {
  @Field(() => AlertKind, { description: 'The kind of problem.' })
  kind!: AlertKind;

  @Field(() => String, { description: 'The name of the query, `pool` or `views`.' })
  subject!: string;

  @Field(() => String, { description: 'Expected and actual values of the latest occurrence.' })
  message!: string;

  @Field(() => DateTimeScalar, { description: 'First occurrence, in UTC.' })
  raisedAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Latest occurrence, in UTC.' })
  lastSeenAt!: Date;

  @Field(() => BigIntScalar, { description: 'Number of occurrences.' })
  count!: number;

  @Field(() => Boolean, {
    description:
      'Whether the problem is over: the views are fresh again, a verification found nothing, or it has not occurred for a minute.',
  })
  recovered!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the problem was over, in UTC; null while it lasts.',
  })
  recoveredAt!: Date | null;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'The thresholds at which this gateway raises alerts. A restart resets them to their defaults.',
})
export class Thresholds {
  @Field(() => Int, { description: 'Queries slower than this count as slow, in milliseconds.' })
  slowQueryMs!: number;

  @Field(() => Int, {
    description: 'Pool utilization at which a warning is raised, in percent.',
  })
  connectionPoolWarning!: number;

  @Field(() => Float, {
    description: 'Age at which the views count as stale, in hours. `viewFreshness` uses it too.',
  })
  viewStalenessHours!: number;
}
