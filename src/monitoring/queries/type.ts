import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';

export const SlowQueryOrder = { DURATION: 'duration', TIME: 'time' } as const;
export type SlowQueryOrder = (typeof SlowQueryOrder)[keyof typeof SlowQueryOrder];
registerEnumType(SlowQueryOrder, {
  name: 'SlowQueryOrder',
  description: 'Which slow queries come first.',
  valuesConfig: {
    DURATION: { description: 'Those that took the longest.' },
    TIME: { description: 'Those that ended last.' },
  },
});

@Access('operator')
@ObjectType({ simpleResolvers: true })
export abstract class QueryStatsNumbers {
  @Field(() => BigIntScalar, { description: 'How many queries ended, failed ones too.' })
  totalQueries!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The mean duration, in milliseconds, with the wait for a connection; null without queries.',
  })
  avgDurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The shortest duration, in milliseconds; null without queries.',
  })
  minDurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The longest duration, in milliseconds; null without queries.',
  })
  maxDurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What half of the queries did not exceed, in milliseconds, within 1 %; null without queries.',
  })
  p50DurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What 95 of 100 queries did not exceed, in milliseconds, within 1 %; null without queries.',
  })
  p95DurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What 99 of 100 queries did not exceed, in milliseconds, within 1 %; null without queries.',
  })
  p99DurationMs!: number | null;

  @Field(() => BigIntScalar, { description: 'How many queries failed.' })
  errorCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'The share of queries that failed, 0 to 1; null without queries.',
  })
  errorRate!: number | null;

  @Field(() => BigIntScalar, {
    description: 'How many queries took longer than the threshold that was in force when they ended.',
  })
  slowQueryCount!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'What the queries of one name came to.' })
export class NamedQueryStats extends QueryStatsNumbers {
  @Field(() => String, { description: 'The name that the gateway gives the query.' })
  name!: string;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'What the queries that this gateway sent to the database within a window came to. Refreshes are no queries; they stand in `refreshes`.',
})
export class QueryStats extends QueryStatsNumbers {
  @Field(() => Int, { description: 'The window that was asked for, in milliseconds.' })
  windowMs!: number;

  @Field(() => DateTimeScalar, {
    description: 'What the window really begins with: later than asked for after a start or a clearing. UTC.',
  })
  since!: Date;

  @Field(() => [NamedQueryStats], {
    description: 'The same for each name, what took the most time in all first.',
  })
  byName!: NamedQueryStats[];
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A query that took longer than the threshold.' })
export class SlowQuery {
  @Field(() => DateTimeScalar, { description: 'When it began, in UTC.' })
  occurredAt!: Date;

  @Field(() => String, { description: 'The name that the gateway gives the query.' })
  name!: string;

  @Field(() => Float, { description: 'How long it took, in milliseconds, with the wait for a connection.' })
  durationMs!: number;

  @Field(() => Int, { description: 'The threshold that it exceeded, in milliseconds.' })
  thresholdMs!: number;

  @Field(() => Int, { description: 'How many rows it gave.' })
  rows!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A query that failed.' })
export class QueryError {
  @Field(() => DateTimeScalar, { description: 'When it began, in UTC.' })
  occurredAt!: Date;

  @Field(() => String, { description: 'The name that the gateway gives the query.' })
  name!: string;

  @Field(() => Float, { description: 'How long it took to fail, in milliseconds.' })
  durationMs!: number;

  @Field(() => String, {
    description:
      'The SQLSTATE, such as 57014, or the code of the network, such as ECONNREFUSED; `NO_CONNECTION` when it got no connection or lost it.',
  })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The SQLSTATE; null when the database did not come to say one.',
  })
  sqlState!: string | null;
}
