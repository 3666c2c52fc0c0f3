import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DecimalScalar } from '../../scalars/index.js';

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'The whole platform: the numbers of mv_platform_stats.' })
export class PlatformStats {
  @Field(() => BigIntScalar, { description: 'How many artists there are.' })
  totalArtists!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many songs there are.' })
  totalSongs!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many plays there have been.' })
  totalPlays!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many different addresses have played a song.' })
  totalListeners!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What all plays have paid, in FLOW.' })
  totalVolume!: string;

  @Field(() => DecimalScalar, { description: 'What one play has paid on average, in FLOW; 0 without plays.' })
  avgPayment!: string;

  @Field(() => BigIntScalar, { description: 'How many songs are published under pay-per-stream.' })
  songsPayPerStream!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many songs are published under the gift economy.' })
  songsGiftEconomy!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many songs are published under patronage.' })
  songsPatronage!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many songs are published under auction.' })
  songsAuction!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 24 hours before the last refresh.' })
  playsLast24h!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 7 days before the last refresh.' })
  playsLast7d!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 30 days before the last refresh.' })
  playsLast30d!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Songs published in the 7 days before the last refresh.' })
  newSongsLast7d!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Songs published in the 30 days before the last refresh.' })
  newSongsLast30d!: number | bigint;
}
