import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar } from '../../scalars/index.js';
import { IndexSuggestion } from '../advice/type.js';

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'Pages of 8 KiB that a statement touched. Shared ones belong to tables and indexes, temporary ones to sorts and hashes that did not fit into memory.',
})
export class PlanBuffers {
  @Field(() => BigIntScalar, { description: 'Pages that were found in memory.' })
  sharedHit!: number;

  @Field(() => BigIntScalar, { description: 'Pages that were read from disk or from the system’s cache.' })
  sharedRead!: number;

  @Field(() => BigIntScalar, { description: 'Pages that were changed, such as by setting hint bits.' })
  sharedDirtied!: number;

  @Field(() => BigIntScalar, { description: 'Pages that had to be written to make room.' })
  sharedWritten!: number;

  @Field(() => BigIntScalar, { description: 'Temporary pages that were read.' })
  tempRead!: number;

  @Field(() => BigIntScalar, { description: 'Temporary pages that were written.' })
  tempWritten!: number;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'One SQL statement that a document costs, and how the database goes about it.',
})
export class ExplainedStatement {
  @Field(() => String, { description: 'The name that the statement runs under in logs and metrics.' })
  name!: string;

  @Field(() => String, {
    description: 'The statement as it is executed; `$1` and so on stand for its values, which are bound.',
  })
  sql!: string;

  @Field(() => String, {
    description:
      'The plan as text. When analyzed it comes from a run of its own, so its times differ a little from the others.',
  })
  plan!: string;

  @Field(() => GraphQLJSON, { description: 'The plan as EXPLAIN writes it in JSON: one object with `Plan`.' })
  planJson!: unknown;

  @Field(() => Float, {
    description: 'What the planner thinks the whole statement costs; 1 is about one page read in order.',
  })
  totalCost!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'How long the execution took, in milliseconds; null unless analyzed.',
  })
  executionTimeMs!: number | null;

  @Field(() => BigIntScalar, { description: 'How many rows the statement gave.' })
  rows!: number;

  @Field(() => BigIntScalar, { description: 'How many rows the planner expected.' })
  estimatedRows!: number;

  @Field(() => PlanBuffers, {
    nullable: true,
    description: 'The pages that the execution touched; null unless analyzed.',
  })
  buffers!: PlanBuffers | null;

  @Field(() => [IndexSuggestion], {
    description: 'Indexes that would make this statement cheaper. None of them is made by the gateway.',
  })
  indexSuggestions!: IndexSuggestion[];
}
