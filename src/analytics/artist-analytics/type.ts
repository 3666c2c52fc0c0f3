import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar, BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'An artist, with the numbers of mv_artist_analytics.' })
export class Artist {
  @Field(() => AddressScalar, { description: 'The wallet address of the artist; the key.' })
  artistAddress!: string;

  @Field(() => String, { nullable: true, description: 'The name that the artist shows.' })
  artistName!: string | null;

  @Field(() => BigIntScalar, { description: 'How many songs the artist has published.' })
  totalSongs!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many plays all songs of the artist have had.' })
  totalPlays!: number | bigint;

  @Field(() => BigIntScalar, {
    description: 'How many different addresses have played a song of the artist.',
  })
  uniqueListeners!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What all plays have paid, in FLOW.' })
  totalEarnings!: string;

  @Field(() => DecimalScalar, { description: 'What one play has paid on average, in FLOW; 0 without plays.' })
  avgEarningPerPlay!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a song of the artist was last played; null without plays.',
  })
  lastPlayDate!: string | null;

  @Field(() => BigIntScalar, { description: 'Plays in the 30 days before the last refresh.' })
  playsLast30Days!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 7 days before the last refresh.' })
  playsLast7Days!: number | bigint;

  @Field(() => DateTimeScalar, { description: 'The instant that all numbers of all views hold for.' })
  lastRefreshed!: string;
}
