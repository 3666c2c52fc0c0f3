import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar } from '../../scalars/index.js';
import { IndexSuggestion } from '../advice/type.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Pages of 8 KiB that a statement accessed. Shared pages belong to tables and indexes, temporary pages to sorts and hashes that did not fit into memory.',
})
export class PlanBuffers {
  @Field(() => BigIntScalar, { description: 'Pages found in shared buffers.' })
  sharedHit!: number;

  @Field(() => BigIntScalar, { description: 'Pages read from disk or from the operating system’s cache.' })
  sharedRead!: number;

  @Field(() => BigIntScalar, { description: 'Pages modified, for example by setting hint bits.' })
  sharedDirtied!: number;

  @Field(() => BigIntScalar, { description: 'Pages evicted and written out.' })
  sharedWritten!: number;

  @Field(() => BigIntScalar, { description: 'Temporary pages read.' })
  tempRead!: number;

  @Field(() => BigIntScalar, { description: 'Temporary pages written.' })
  tempWritten!: number;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'One SQL statement that a document runs, and its plan.',
})
export class ExplainedStatement {
  @Field(() => String, { description: 'The statement’s name in logs and metrics.' })
  name!: string;

  @Field(() => String, {
    description: 'The SQL text; `$1` and so on are bound parameters.',
  })
  sql!: string;

  @Field(() => String, {
    description:
      'The plan as text. With `analyze` it comes from a separate run, so its times differ slightly from `planJson`.',
  })
  plan!: string;

  @Field(() => GraphQLJSON, { description: 'The plan in EXPLAIN’s JSON format: one object with `Plan`.' })
  planJson!: unknown;

  @Field(() => Float, {
    description: 'The planner’s total cost; 1 is about one sequential page read.',
  })
  totalCost!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Execution time, in milliseconds; null without `analyze`.',
  })
  executionTimeMs!: number | null;

  @Field(() => BigIntScalar, { description: 'Number of rows returned.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'Number of rows the planner expected.' })
  estimatedRows!: number;

  @Field(() => PlanBuffers, {
    nullable: true,
    description: 'The pages accessed; null without `analyze`.',
  })
  buffers!: PlanBuffers | null;

  @Field(() => [IndexSuggestion], {
    description: 'Indexes that would make this statement cheaper. The gateway creates none of them.',
  })
  indexSuggestions!: IndexSuggestion[];
}
