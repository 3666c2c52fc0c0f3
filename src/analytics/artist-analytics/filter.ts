import { Field, InputType } from 'type-graphql';
import {
  AddressFilter,
  BigIntFilter,
  DateTimeFilter,
  DecimalFilter,
  StringFilter,
} from '../filtering/operators.js';

@InputType({
  description:
    'Which artists: all conditions that are given have to hold. `and`, `or` and `not` join further filters.',
})
export class ArtistFilter {
  @Field(() => AddressFilter, { nullable: true, description: 'The wallet address of the artist; the key.' })
  artistAddress?: AddressFilter;

  @Field(() => StringFilter, { nullable: true, description: 'The name that the artist shows.' })
  artistName?: StringFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'How many songs the artist has published.' })
  totalSongs?: BigIntFilter;

  @Field(() => BigIntFilter, {
    nullable: true,
    description: 'How many plays all songs of the artist have had.',
  })
  totalPlays?: BigIntFilter;

  @Field(() => BigIntFilter, {
    nullable: true,
    description: 'How many different addresses have played a song of the artist.',
  })
  uniqueListeners?: BigIntFilter;

  @Field(() => DecimalFilter, { nullable: true, description: 'What all plays have paid, in FLOW.' })
  totalEarnings?: DecimalFilter;

  @Field(() => DecimalFilter, {
    nullable: true,
    description: 'What one play has paid on average, in FLOW; 0 without plays.',
  })
  avgEarningPerPlay?: DecimalFilter;

  @Field(() => DateTimeFilter, {
    nullable: true,
    description: 'When a song of the artist was last played; null without plays.',
  })
  lastPlayDate?: DateTimeFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'Plays in the 30 days before the last refresh.' })
  playsLast30Days?: BigIntFilter;

  @Field(() => BigIntFilter, { nullable: true, description: 'Plays in the 7 days before the last refresh.' })
  playsLast7Days?: BigIntFilter;

  @Field(() => DateTimeFilter, {
    nullable: true,
    description: 'The instant that all numbers of all views hold for.',
  })
  lastRefreshed?: DateTimeFilter;

  @Field(() => [ArtistFilter], { nullable: true, description: 'All of these have to hold.' })
  and?: ArtistFilter[];

  @Field(() => [ArtistFilter], { nullable: true, description: 'At least one of these has to hold.' })
  or?: ArtistFilter[];

  @Field(() => ArtistFilter, { nullable: true, description: 'This must not hold.' })
  not?: ArtistFilter;
}
