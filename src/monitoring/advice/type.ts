import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar } from '../../scalars/index.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'An index that would make statements cheaper. The gateway makes none: its DDL is text for you.',
})
export class IndexSuggestion {
  @Field(() => String, {
    description:
      'The statement that makes it without holding up writers; several for a partitioned table. Run each by itself, outside of a transaction.',
  })
  ddl!: string;

  @Field(() => String, { description: 'The table or materialized view, with its schema.' })
  table!: string;

  @Field(() => [String], { description: 'The columns of the index, in their order.' })
  columns!: string[];

  @Field(() => String, { description: 'What the statement does without it, in words and numbers of rows.' })
  reason!: string;

  @Field(() => Boolean, {
    description:
      'Whether the planner was asked and would use the index at a cost that is lower by at least 30 percent.',
  })
  verified!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What is missing so that it could be verified; null when it is.',
  })
  needs!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What the planner thinks the statement costs without it; null unless verified.',
  })
  costBefore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What the planner thinks the statement costs with it; null unless verified.',
  })
  costAfter!: number | null;

  @Field(() => BigIntScalar, { description: 'How large the index would be at first, estimated, in bytes.' })
  estimatedBytes!: number;

  @Field(() => String, { description: 'What the index costs whoever writes to the table.' })
  upkeep!: string;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A statement of the workload that an index would make cheaper.',
})
export class AdvisedStatement {
  @Field(() => String, {
    nullable: true,
    description:
      'The name that the gateway runs it under; null for a statement of somebody else, and where the server forgets the comment that it stands in, as PostgreSQL 18 does.',
  })
  name!: string | null;

  @Field(() => String, { description: 'The statement; `$1` and so on stand for values.' })
  sql!: string;

  @Field(() => BigIntScalar, { description: 'How often it was executed since the statistics began.' })
  calls!: number;

  @Field(() => Float, { description: 'How long all executions took together, in milliseconds.' })
  totalDurationMs!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Its cost without the index, as the planner sees it for any values; null unless verified.',
  })
  costBefore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its cost with the index, as the planner sees it for any values; null unless verified.',
  })
  costAfter!: number | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'An index, and the statements that it would serve.' })
export class WorkloadSuggestion {
  @Field(() => IndexSuggestion, { description: 'The index; its costs are those of the first statement.' })
  index!: IndexSuggestion;

  @Field(() => Float, {
    nullable: true,
    description:
      'How much of the time of these statements the index would have saved if time followed cost, in milliseconds; null unless verified.',
  })
  savedMs!: number | null;

  @Field(() => [AdvisedStatement], { description: 'The statements, the one that took longest first.' })
  statements!: AdvisedStatement[];
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Indexes for the statements that the server has seen this role execute in this database, whoever sent them.',
})
export class IndexAdvice {
  @Field(() => Boolean, { description: 'Whether the server tells which statements it has executed.' })
  available!: boolean;

  @Field(() => [String], {
    description: 'What is missing: for any advice when it is not available, else for verifying it.',
  })
  needs!: string[];

  @Field(() => Int, { description: 'How many statements were looked at, those that took longest first.' })
  examined!: number;

  @Field(() => Int, {
    description: 'How many of them could not be planned without their values, and were passed over.',
  })
  skipped!: number;

  @Field(() => [WorkloadSuggestion], { description: 'The indexes, the one that would save most first.' })
  suggestions!: WorkloadSuggestion[];
}
