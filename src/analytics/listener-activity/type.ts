import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';
import { Strategy } from '../strategy.js';

@Access({ subject: (listener: Listener) => listener.listenerAddress })
@ObjectType({
  simpleResolvers: true,
  description:
    'A listener, with the numbers of mv_listener_activity. For the listener itself and for operators.',
})
export class Listener {
  @Field(() => AddressScalar, { description: 'The wallet address of the listener; the key.' })
  listenerAddress!: string;

  @Field(() => BigIntScalar, { description: 'How many plays the listener has made.' })
  totalPlays!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many different songs the listener has played.' })
  uniqueSongsPlayed!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many different artists the listener has played.' })
  uniqueArtists!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What the listener has paid in all, in FLOW.' })
  totalSpent!: string;

  @Field(() => DecimalScalar, { description: 'What the listener has paid for one play on average, in FLOW.' })
  avgSpentPerPlay!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the listener first played a song.' })
  firstActive!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the listener last played a song.' })
  lastActive!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The genre that the listener played most; of equals the first in the alphabet. Null when no song played has one.',
  })
  favoriteGenre!: string | null;

  @Field(() => Strategy, {
    nullable: true,
    description: 'The economic model that the listener played most; of equals the first in the alphabet.',
  })
  favoriteStrategy!: Strategy | null;

  @Field(() => BigIntScalar, { description: 'Plays in the 7 days before the last refresh.' })
  playsLast7d!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 30 days before the last refresh.' })
  playsLast30d!: number | bigint;
}
