import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { AddressScalar, BigIntScalar, DecimalScalar } from '../../../scalars/index.js';
import type { EditionKey } from '../editions/edition-key.js';
import { ChartStatus } from '../status.js';

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description:
    'A song in a closed edition of a chart, as it was then. Only `song`, `artist` and the revised figures are of today.',
})
export class ChartEditionEntry implements EditionKey {
  @Field(() => Int, {
    description: 'The place by plays, from 1 to 100; songs with equally many plays share one.',
  })
  rank!: number;

  @Field(() => BigIntScalar, { description: 'Plays in the week.' })
  plays!: number | bigint;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How many different addresses have played the song in the week. Null where it is withheld.',
  })
  uniqueListeners!: number | bigint | null;

  @Field(() => DecimalScalar, { description: 'What these plays have paid, in FLOW.' })
  earnings!: string;

  @Field(() => ID, { description: 'The identifier of the song.' })
  songId!: string;

  @Field(() => String, { nullable: true, description: 'The title that the song had.' })
  songTitle!: string | null;

  @Field(() => AddressScalar, {
    nullable: true,
    description: 'The wallet address of the artist that the song had.',
  })
  artistAddress!: string | null;

  @Field(() => String, { nullable: true, description: 'The name that the artist showed.' })
  artistName!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The rank in the edition before; null when the song was not in it.',
  })
  previousRank!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The rank in the last earlier edition that the song was in; null in its first.',
  })
  lastRank!: number | null;

  @Field(() => Int, { description: 'The best rank in this edition and all earlier ones.' })
  peakRank!: number;

  @Field(() => Int, {
    description: 'How many editions of the chart the song was in, this one included.',
  })
  editionsOnChart!: number;

  @Field(() => Int, {
    description: 'How many editions in a row the song was in, up to this one.',
  })
  streak!: number;

  @Field(() => ChartStatus, { description: 'How the song came to its place.' })
  status!: ChartStatus;

  readonly chart!: number;
  readonly number!: number;
}
