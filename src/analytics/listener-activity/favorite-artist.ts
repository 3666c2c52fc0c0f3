import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar, BigIntScalar, DecimalScalar } from '../../scalars/index.js';

/** The rule of `Listener.favoriteArtists` decides who may see it. */
@Access('public')
@ObjectType({ simpleResolvers: true, description: 'An artist that a listener plays, with how much.' })
export class FavoriteArtist {
  @Field(() => AddressScalar, { description: 'The wallet address of the artist.' })
  artistAddress!: string;

  @Field(() => BigIntScalar, { description: 'How many plays the listener has given to the artist.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What the listener has paid to the artist, in FLOW.' })
  totalSpent!: string;
}
