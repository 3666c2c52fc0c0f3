import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../../scalars/index.js';
import { sectionOf } from '../section.js';

export const StatementOrder = {
  TOTAL_TIME: 'TOTAL_TIME',
  MEAN_TIME: 'MEAN_TIME',
  CALLS: 'CALLS',
  IO: 'IO',
} as const;
export type StatementOrder = keyof typeof StatementOrder;

registerEnumType(StatementOrder, {
  name: 'StatementOrder',
  description: 'The order of statements.',
  valuesConfig: {
    TOTAL_TIME: { description: 'By total execution time.' },
    MEAN_TIME: { description: 'By mean execution time.' },
    CALLS: { description: 'By number of executions.' },
    IO: { description: 'By pages read and written, temporary pages included.' },
  },
});

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A normalized statement and its executions in this database by all users. Pages are 8 KiB.',
})
export class Statement {
  @Field(() => String, { description: 'The queryid of pg_stat_statements.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'This gateway’s name for it; null for other clients’ statements.',
  })
  name!: string | null;

  @Field(() => String, { description: 'The text without literal values; `$1` and `?` stand for them.' })
  query!: string;

  @Field(() => BigIntScalar, { description: 'Number of executions.' })
  calls!: number;

  @Field(() => Float, { description: 'Total execution time, in milliseconds.' })
  totalTimeMs!: number;

  @Field(() => Float, { description: 'Mean execution time, in milliseconds.' })
  meanTimeMs!: number;

  @Field(() => Float, { description: 'Minimum execution time, in milliseconds.' })
  minTimeMs!: number;

  @Field(() => Float, { description: 'Maximum execution time, in milliseconds.' })
  maxTimeMs!: number;

  @Field(() => BigIntScalar, { description: 'Total number of rows returned or affected.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Pages found in shared buffers.' })
  pagesHit!: number;

  @Field(() => BigIntScalar, { description: 'Pages read from disk or from the operating system’s cache.' })
  pagesRead!: number;

  @Field(() => BigIntScalar, { description: 'Pages written by the statement.' })
  pagesWritten!: number;

  @Field(() => BigIntScalar, {
    description: 'Temporary pages read and written, for sorts and hashes.',
  })
  temporaryPages!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Shared buffer hit ratio, 0 to 1; null without page accesses.',
  })
  hitRatio!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Time spent reading and writing pages, in milliseconds; null unless track_io_timing is on.',
  })
  ioTimeMs!: number | null;

  @Field(() => BigIntScalar, { description: 'Write-ahead log generated, in bytes.' })
  walBytes!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'Statements of this database, from pg_stat_statements.' })
export class Statements extends sectionOf(
  Statement,
  'StatementList',
  'SELECT, INSERT, UPDATE, DELETE, MERGE and similar. Utility statements are left out, because PostgreSQL keeps their literals, passwords included.',
) {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of the statistics, in UTC.' })
  countedSince?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How often statements were evicted because pg_stat_statements.max was exceeded.',
  })
  forgotten?: number | null;
}
