import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';

export const SlowQueryOrder = { DURATION: 'duration', TIME: 'time' } as const;
export type SlowQueryOrder = (typeof SlowQueryOrder)[keyof typeof SlowQueryOrder];
registerEnumType(SlowQueryOrder, {
  name: 'SlowQueryOrder',
  description: 'The order of slow queries.',
  valuesConfig: {
    DURATION: { description: 'Slowest first.' },
    TIME: { description: 'Newest first.' },
  },
});

@Access('operator')
@ObjectType({ simpleResolvers: true })
export abstract class QueryStatsNumbers {
  @Field(() => BigIntScalar, { description: 'Number of finished queries, including failed ones.' })
  totalQueries!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean duration including the wait for a connection, in milliseconds; null without queries.',
  })
  avgDurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Minimum duration, in milliseconds; null without queries.',
  })
  minDurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Maximum duration, in milliseconds; null without queries.',
  })
  maxDurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Median duration, in milliseconds, accurate to 1 %; null without queries.',
  })
  p50DurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '95th percentile of the duration, in milliseconds, accurate to 1 %; null without queries.',
  })
  p95DurationMs!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '99th percentile of the duration, in milliseconds, accurate to 1 %; null without queries.',
  })
  p99DurationMs!: number | null;

  @Field(() => BigIntScalar, { description: 'Number of failed queries.' })
  errorCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Failed queries as a fraction of all, 0 to 1; null without queries.',
  })
  errorRate!: number | null;

  @Field(() => BigIntScalar, {
    description: 'Number of queries slower than the threshold in force when they finished.',
  })
  slowQueryCount!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Statistics of the queries with one name.' })
export class NamedQueryStats extends QueryStatsNumbers {
  @Field(() => String, { description: 'The gateway’s name for the query.' })
  name!: string;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Statistics of the queries this gateway sent to the database within a window. Refreshes are not included; see `refreshes`.',
})
export class QueryStats extends QueryStatsNumbers {
  @Field(() => Int, { description: 'The requested window, in milliseconds.' })
  windowMs!: number;

  @Field(() => DateTimeScalar, {
    description:
      'Actual start of the window, in UTC; later than requested after a start or `clearQueryMetrics`.',
  })
  since!: Date;

  @Field(() => [NamedQueryStats], {
    description: 'Statistics by query name, by total time, largest first.',
  })
  byName!: NamedQueryStats[];
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A query slower than the threshold.' })
export class SlowQuery {
  @Field(() => DateTimeScalar, { description: 'Start, in UTC.' })
  occurredAt!: Date;

  @Field(() => String, { description: 'The gateway’s name for the query.' })
  name!: string;

  @Field(() => Float, { description: 'Duration including the wait for a connection, in milliseconds.' })
  durationMs!: number;

  @Field(() => Int, { description: 'The threshold it exceeded, in milliseconds.' })
  thresholdMs!: number;

  @Field(() => Int, { description: 'Number of rows returned.' })
  rows!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'A failed query.' })
export class QueryError {
  @Field(() => DateTimeScalar, { description: 'Start, in UTC.' })
  occurredAt!: Date;

  @Field(() => String, { description: 'The gateway’s name for the query.' })
  name!: string;

  @Field(() => Float, { description: 'Time until it failed, in milliseconds.' })
  durationMs!: number;

  @Field(() => String, {
    description:
      'The SQLSTATE, such as 57014, or the network error code, such as ECONNREFUSED; `NO_CONNECTION` when no connection was available or it was lost.',
  })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The SQLSTATE; null when the error did not come from the database.',
  })
  sqlState!: string | null;
}
