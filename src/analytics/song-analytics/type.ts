import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';
import { Strategy } from '../strategy.js';

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'A song, with the numbers of mv_song_analytics.' })
export class Song {
  @Field(() => ID, { description: 'The identifier of the song; the key.' })
  songId!: string;

  @Field(() => String, { nullable: true, description: 'The title of the song.' })
  title!: string | null;

  @Field(() => AddressScalar, { nullable: true, description: 'The wallet address of the artist.' })
  artistAddress!: string | null;

  @Field(() => String, { nullable: true, description: 'The genre of the song; null when it has none.' })
  genre!: string | null;

  @Field(() => Strategy, {
    nullable: true,
    description: 'The economic model that the song is published under.',
  })
  strategy!: Strategy | null;

  @Field(() => BigIntScalar, { description: 'How many plays the song has had.' })
  playCount!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many different addresses have played the song.' })
  uniqueListeners!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What all plays have paid, in FLOW.' })
  totalEarnings!: string;

  @Field(() => DecimalScalar, {
    description: 'How long one play lasted on average, in seconds; 0 without plays.',
  })
  avgPlayDuration!: string;

  @Field(() => DecimalScalar, { description: 'What one play has paid on average, in FLOW; 0 without plays.' })
  avgEarningPerPlay!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the song was first played; null without plays.',
  })
  firstPlayed!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the song was last played; null without plays.',
  })
  lastPlayed!: string | null;

  @Field(() => BigIntScalar, {
    description:
      'Plays weighted by how recent they are: 10 in the last day, else 5 in the last 7 days, else 1 in the last 30, else 0.',
  })
  trendingScore!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 7 days before the last refresh.' })
  playsLast7Days!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 30 days before the last refresh.' })
  playsLast30Days!: number | bigint;
}
