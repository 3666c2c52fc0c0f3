import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';

/**
 * Who may see a play is decided where a list of plays hangs. Who listened is not among its fields: an artist may see
 * what was played, never which wallet did so.
 */
@Access('public')
@ObjectType({ simpleResolvers: true, description: 'One play of a song, as it stands at this moment.' })
export class Play {
  @Field(() => ID, { description: 'The number of the play; the key.' })
  id!: string;

  @Field(() => ID, { description: 'The identifier of the song.' })
  songId!: string;

  @Field(() => DateTimeScalar, { description: 'When the song was played.' })
  playedAt!: string;

  @Field(() => BigIntScalar, { description: 'How long the play lasted, in seconds.' })
  duration!: number;

  @Field(() => DecimalScalar, { description: 'What the play has paid, in FLOW.' })
  amountPaid!: string;
}
