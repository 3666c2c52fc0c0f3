import { ArgsType, Field, Int } from 'type-graphql';
import { requireStorable } from '../../filtering/storable-text.js';
import { defaultPageSize, maxPageSize, type PageArguments } from '../../paging/page-arguments.js';

export const genreDescription =
  'The genre whose chart it is, as the songs have it; that of all songs when omitted.';

/** The arguments of the list of editions. */
@ArgsType()
export class ChartEditionsArguments implements PageArguments {
  @Field(() => String, { nullable: true, description: genreDescription })
  genre?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many editions from the newest on, or after \`after\`: 0 to ${maxPageSize}; ${defaultPageSize} when neither first nor last is given.`,
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only editions after this cursor, which are older.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many editions from the oldest on, or before \`before\`: 0 to ${maxPageSize}. Not together with first.`,
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only editions before this cursor, which are newer. Alone it gives those right before the cursor.',
  })
  before?: string | null;
}

/** @throws GatewayError `BAD_USER_INPUT` for a text that no database holds */
export function requestedGenre(genre: string | null | undefined): string | null {
  return typeof genre === 'string' ? requireStorable('genre', genre) : null;
}
