import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar } from '../../scalars/index.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'An index that would make statements cheaper. The gateway does not create it; `ddl` is for you to run.',
})
export class IndexSuggestion {
  @Field(() => String, {
    description:
      'CREATE INDEX CONCURRENTLY, which does not block writers; several statements for a partitioned table. Run each separately, outside a transaction.',
  })
  ddl!: string;

  @Field(() => String, { description: 'The schema-qualified table or materialized view.' })
  table!: string;

  @Field(() => [String], { description: 'The index columns, in order.' })
  columns!: string[];

  @Field(() => String, { description: 'What the statement does without the index, with row counts.' })
  reason!: string;

  @Field(() => Boolean, {
    description:
      'Whether the planner confirmed that it would use the index and that the cost falls by at least 30 percent.',
  })
  verified!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What is missing to verify it; null when verified.',
  })
  needs!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The planner’s cost without the index; null unless verified.',
  })
  costBefore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The planner’s cost with the index; null unless verified.',
  })
  costAfter!: number | null;

  @Field(() => BigIntScalar, { description: 'Estimated initial size of the index, in bytes.' })
  estimatedBytes!: number;

  @Field(() => String, { description: 'What the index costs on writes.' })
  upkeep!: string;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'A statement that the index would make cheaper.',
})
export class AdvisedStatement {
  @Field(() => String, {
    nullable: true,
    description: 'This gateway’s name for it; null for other clients’ statements.',
  })
  name!: string | null;

  @Field(() => String, { description: 'The statement; `$1` and so on are parameters.' })
  sql!: string;

  @Field(() => BigIntScalar, { description: 'Number of executions since the statistics began.' })
  calls!: number;

  @Field(() => Float, { description: 'Total execution time, in milliseconds.' })
  totalDurationMs!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Cost of its generic plan without the index; null unless verified.',
  })
  costBefore!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Cost of its generic plan with the index; null unless verified.',
  })
  costAfter!: number | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'An index, and the statements it would help.' })
export class WorkloadSuggestion {
  @Field(() => IndexSuggestion, { description: 'The index, with the costs of the first statement.' })
  index!: IndexSuggestion;

  @Field(() => Float, {
    nullable: true,
    description:
      'Estimated time saved over all executions, assuming time is proportional to cost, in milliseconds; null unless verified.',
  })
  savedMs!: number | null;

  @Field(() => [AdvisedStatement], { description: 'The statements, by total time, longest first.' })
  statements!: AdvisedStatement[];
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'Index suggestions for statements that this database role executed in this database.',
})
export class IndexAdvice {
  @Field(() => Boolean, { description: 'Whether pg_stat_statements is available.' })
  available!: boolean;

  @Field(() => [String], {
    description: 'What is missing for suggestions, or for verifying them.',
  })
  needs!: string[];

  @Field(() => Int, { description: 'Number of statements examined, by total time.' })
  examined!: number;

  @Field(() => Int, {
    description: 'Number of statements skipped because they cannot be planned without parameter values.',
  })
  skipped!: number;

  @Field(() => [WorkloadSuggestion], { description: 'The indexes, by time saved, largest first.' })
  suggestions!: WorkloadSuggestion[];
}
