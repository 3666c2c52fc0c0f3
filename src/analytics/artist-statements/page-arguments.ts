import { ArgsType, Field, Int } from 'type-graphql';
import { defaultPageSize, maxPageSize, type PageArguments } from '../paging/page-arguments.js';

/** The arguments of a page that has neither filter nor ordering. */
@ArgsType()
export class StatementPageArguments implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: `How many rows from the start, or after \`after\`: 0 to ${maxPageSize}; ${defaultPageSize} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only rows after this cursor.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many rows from the end, or before \`before\`: 0 to ${maxPageSize}. Not together with first.`,
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only rows before this cursor. Alone it gives the rows right before the cursor.',
  })
  before?: string | null;
}
