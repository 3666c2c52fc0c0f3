import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { AlertKind } from './alerts.js';

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description: 'What an alert is about.',
  valuesConfig: {
    SLOW_QUERY: { description: 'A query took longer than `slowQueryMs`.' },
    QUERY_ERROR: { description: 'A query failed.' },
    POOL_WARNING: { description: 'More of the connection pool was in use than `connectionPoolWarning`.' },
    STALE_VIEW: { description: 'The views became older than `viewStalenessHours`.' },
  },
});

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Something that went wrong, from when it was seen first until it was over. What happens again meanwhile is counted.',
})
export class Alert {
  @Field(() => AlertKind, { description: 'What it is about.' })
  kind!: AlertKind;

  @Field(() => String, { description: 'The name of the query, `pool` or `views`.' })
  subject!: string;

  @Field(() => String, { description: 'What was expected and what was got, when it was seen last.' })
  message!: string;

  @Field(() => DateTimeScalar, { description: 'When it was seen first, in UTC.' })
  raisedAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was seen last, in UTC.' })
  lastSeenAt!: Date;

  @Field(() => BigIntScalar, { description: 'How often it was seen.' })
  count!: number;

  @Field(() => Boolean, {
    description: 'Whether it is over: the views are fresh again, or it was not seen for a minute.',
  })
  recovered!: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was over, in UTC; null while it lasts.',
  })
  recoveredAt!: Date | null;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'From when on this gateway raises an alert. A restart brings the defaults back.',
})
export class Thresholds {
  @Field(() => Int, { description: 'A query that takes longer than this is slow, in milliseconds.' })
  slowQueryMs!: number;

  @Field(() => Int, {
    description: 'How much of the connection pool may be in use before it is a warning, in percent.',
  })
  connectionPoolWarning!: number;

  @Field(() => Float, {
    description:
      'How old the views may be before they are stale, in hours. `viewFreshness` judges by it too.',
  })
  viewStalenessHours!: number;
}
