import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';

/**
 * The rules of the fields that list plays decide who may see them. The listener is not among the fields, because artists
 * may see what was played, but not by which wallet.
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
