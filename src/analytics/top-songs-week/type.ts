import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { AddressScalar, BigIntScalar } from '../../scalars/index.js';

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description: 'A song in the chart of the week, from mv_top_songs_week.',
})
export class ChartEntry {
  @Field(() => ID, { description: 'The identifier of the song; the key.' })
  songId!: string;

  @Field(() => String, { nullable: true, description: 'The title of the song.' })
  title!: string | null;

  @Field(() => AddressScalar, { nullable: true, description: 'The wallet address of the artist.' })
  artistAddress!: string | null;

  @Field(() => String, { nullable: true, description: 'The name that the artist shows.' })
  artistName!: string | null;

  @Field(() => String, { nullable: true, description: 'The genre of the song; null when it has none.' })
  genre!: string | null;

  @Field(() => BigIntScalar, { description: 'Plays in the 7 days before the last refresh.' })
  plays!: number | bigint;

  @Field(() => BigIntScalar, {
    description: 'The place by plays, from 1; songs with equally many plays share one.',
  })
  rank!: number | bigint;
}
