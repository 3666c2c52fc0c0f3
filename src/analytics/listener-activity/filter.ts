import { Field, InputType } from 'type-graphql';
import {
  AddressFilter,
  BigIntFilter,
  DateTimeFilter,
  DecimalFilter,
  StrategyFilter,
  StringFilter,
} from '../filtering/operators.js';

@InputType({
  description:
    'Which listeners: all conditions that are given have to hold. `and`, `or` and `not` join further filters.',
})
export class ListenerFilter {
  @Field(() => AddressFilter, { nullable: true, description: 'The wallet address of the listener; the key.' })
  listenerAddress?: AddressFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'How many plays the listener has made.' })
  totalPlays?: BigIntFilter;

  @Field(() => BigIntFilter, {
    nullable: true,
    description: 'How many different songs the listener has played.',
  })
  uniqueSongsPlayed?: BigIntFilter;

  @Field(() => BigIntFilter, {
    nullable: true,
    description: 'How many different artists the listener has played.',
  })
  uniqueArtists?: BigIntFilter;

  @Field(() => DecimalFilter, { nullable: true, description: 'What the listener has paid in all, in FLOW.' })
  totalSpent?: DecimalFilter;

  @Field(() => DecimalFilter, {
    nullable: true,
    description: 'What the listener has paid for one play on average, in FLOW.',
  })
  avgSpentPerPlay?: DecimalFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: 'When the listener first played a song.' })
  firstActive?: DateTimeFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: 'When the listener last played a song.' })
  lastActive?: DateTimeFilter;

  @Field(() => StringFilter, {
    nullable: true,
    description:
      'The genre that the listener played most; of equals the first in the alphabet. Null when no song played has one.',
  })
  favoriteGenre?: StringFilter;

  @Field(() => StrategyFilter, {
    nullable: true,
    description: 'The economic model that the listener played most; of equals the first in the alphabet.',
  })
  favoriteStrategy?: StrategyFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'Plays in the 7 days before the last refresh.' })
  playsLast7d?: BigIntFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'Plays in the 30 days before the last refresh.' })
  playsLast30d?: BigIntFilter;

  @Field(() => [ListenerFilter], { nullable: true, description: 'All of these have to hold.' })
  and?: ListenerFilter[];

  @Field(() => [ListenerFilter], { nullable: true, description: 'At least one of these has to hold.' })
  or?: ListenerFilter[];

  @Field(() => ListenerFilter, { nullable: true, description: 'This must not hold.' })
  not?: ListenerFilter;
}
