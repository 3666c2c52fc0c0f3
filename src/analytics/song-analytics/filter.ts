import { Field, InputType } from 'type-graphql';
import {
  AddressFilter,
  BigIntFilter,
  DateTimeFilter,
  DecimalFilter,
  IDFilter,
  StrategyFilter,
  StringFilter,
} from '../filtering/operators.js';

@InputType({
  description:
    'Which songs: all conditions that are given have to hold. `and`, `or` and `not` join further filters.',
})
export class SongFilter {
  @Field(() => IDFilter, { nullable: true, description: 'The identifier of the song; the key.' })
  songId?: IDFilter;

  @Field(() => StringFilter, { nullable: true, description: 'The title of the song.' })
  title?: StringFilter;

  @Field(() => AddressFilter, { nullable: true, description: 'The wallet address of the artist.' })
  artistAddress?: AddressFilter;

  @Field(() => StringFilter, { nullable: true, description: 'The genre of the song; null when it has none.' })
  genre?: StringFilter;

  @Field(() => StrategyFilter, {
    nullable: true,
    description: 'The economic model that the song is published under.',
  })
  strategy?: StrategyFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'How many plays the song has had.' })
  playCount?: BigIntFilter;

  @Field(() => BigIntFilter, {
    nullable: true,
    description: 'How many different addresses have played the song.',
  })
  uniqueListeners?: BigIntFilter;

  @Field(() => DecimalFilter, { nullable: true, description: 'What all plays have paid, in FLOW.' })
  totalEarnings?: DecimalFilter;

  @Field(() => DecimalFilter, {
    nullable: true,
    description: 'How long one play lasted on average, in seconds; 0 without plays.',
  })
  avgPlayDuration?: DecimalFilter;

  @Field(() => DecimalFilter, {
    nullable: true,
    description: 'What one play has paid on average, in FLOW; 0 without plays.',
  })
  avgEarningPerPlay?: DecimalFilter;

  @Field(() => DateTimeFilter, {
    nullable: true,
    description: 'When the song was first played; null without plays.',
  })
  firstPlayed?: DateTimeFilter;

  @Field(() => DateTimeFilter, {
    nullable: true,
    description: 'When the song was last played; null without plays.',
  })
  lastPlayed?: DateTimeFilter;

  @Field(() => BigIntFilter, {
    nullable: true,
    description:
      'Plays weighted by how recent they are: 10 in the last day, else 5 in the last 7 days, else 1 in the last 30, else 0.',
  })
  trendingScore?: BigIntFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'Plays in the 7 days before the last refresh.' })
  playsLast7Days?: BigIntFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'Plays in the 30 days before the last refresh.' })
  playsLast30Days?: BigIntFilter;

  @Field(() => [SongFilter], { nullable: true, description: 'All of these have to hold.' })
  and?: SongFilter[];

  @Field(() => [SongFilter], { nullable: true, description: 'At least one of these has to hold.' })
  or?: SongFilter[];

  @Field(() => SongFilter, { nullable: true, description: 'This must not hold.' })
  not?: SongFilter;
}
