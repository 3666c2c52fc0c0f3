import { Field, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DecimalScalar } from '../../scalars/index.js';

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'A genre, with the numbers of mv_genre_stats.' })
export class GenreStats {
  @Field(() => String, { description: 'The name of the genre; the key.' })
  genre!: string;

  @Field(() => BigIntScalar, { description: 'How many songs the genre has.' })
  totalSongs!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many artists have a song of the genre.' })
  totalArtists!: number | bigint;

  @Field(() => BigIntScalar, { description: 'How many plays all songs of the genre have had.' })
  totalPlays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What all plays have paid, in FLOW.' })
  totalEarnings!: string;

  @Field(() => DecimalScalar, { description: 'What one play has paid on average, in FLOW; 0 without plays.' })
  avgEarningPerPlay!: string;

  @Field(() => BigIntScalar, { description: 'How many different addresses have played a song of the genre.' })
  uniqueListeners!: number | bigint;

  @Field(() => BigIntScalar, { description: 'Plays in the 7 days before the last refresh.' })
  playsLast7d!: number | bigint;

  @Field(() => BigIntScalar, {
    description: 'The place by plays, from 1; genres with equally many plays share one.',
  })
  popularityRank!: number | bigint;
}
