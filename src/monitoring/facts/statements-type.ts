import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { sectionOf } from './section.js';

export const StatementOrder = {
  TOTAL_TIME: 'TOTAL_TIME',
  MEAN_TIME: 'MEAN_TIME',
  CALLS: 'CALLS',
  IO: 'IO',
} as const;
export type StatementOrder = keyof typeof StatementOrder;

registerEnumType(StatementOrder, {
  name: 'StatementOrder',
  description: 'Which statements come first.',
  valuesConfig: {
    TOTAL_TIME: { description: 'Those that took the most time altogether.' },
    MEAN_TIME: { description: 'Those that take the most time each.' },
    CALLS: { description: 'Those that ran most often.' },
    IO: { description: 'Those that read and wrote the most pages outside of the server’s memory.' },
  },
});

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A statement with all its executions in this database, by whomever. Pages are of 8 KiB.',
})
export class Statement {
  @Field(() => String, { description: 'What tells it from others, as pg_stat_statements calls it: queryid.' })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name that this gateway gave it; null for statements of others.',
  })
  name!: string | null;

  @Field(() => String, { description: 'Its text without any value: `$1` and `?` stand for them.' })
  query!: string;

  @Field(() => BigIntScalar, { description: 'How often it ran.' })
  calls!: number;

  @Field(() => Float, { description: 'Time of all executions together, in milliseconds.' })
  totalTimeMs!: number;

  @Field(() => Float, { description: 'Time of an execution on average, in milliseconds.' })
  meanTimeMs!: number;

  @Field(() => Float, { description: 'Time of the shortest execution, in milliseconds.' })
  minTimeMs!: number;

  @Field(() => Float, { description: 'Time of the longest execution, in milliseconds.' })
  maxTimeMs!: number;

  @Field(() => BigIntScalar, { description: 'Rows that it gave or changed altogether.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Pages that were found in memory.' })
  pagesHit!: number;

  @Field(() => BigIntScalar, { description: 'Pages that were read from disk or from the system’s cache.' })
  pagesRead!: number;

  @Field(() => BigIntScalar, { description: 'Pages that it had to write itself.' })
  pagesWritten!: number;

  @Field(() => BigIntScalar, {
    description: 'Temporary pages that were read and written by sorts and hashes.',
  })
  temporaryPages!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Pages found in memory as a share of all that were wanted, 0 to 1; null when none was.',
  })
  hitRatio!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Time of reading and writing pages, in milliseconds; null unless the server has track_io_timing on.',
  })
  ioTimeMs!: number | null;

  @Field(() => BigIntScalar, { description: 'Bytes of write-ahead log that it made.' })
  walBytes!: number;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'What pg_stat_statements counted in this database.' })
export class Statements extends sectionOf(
  Statement,
  'StatementList',
  'SELECT, INSERT, UPDATE, DELETE, MERGE and the like. Others are left out, because PostgreSQL keeps what is written in them, passwords included.',
) {
  @Field(() => DateTimeScalar, { nullable: true, description: 'When counting began, in UTC.' })
  countedSince?: string | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How often statements were forgotten because pg_stat_statements.max was too small for all.',
  })
  forgotten?: number | null;
}
