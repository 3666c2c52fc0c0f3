import { Field, ID, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { Strategy } from '../../catalogue/strategy.js';
import { BigIntScalar, DateTimeScalar, DecimalScalar } from '../../scalars/index.js';
import { Node } from '../node/node.js';
import { connectionOf } from '../rows/connection.js';

/** The month of one artist. The rules of the fields that give statements decide who may see them, as of all types here. */
@Access('public')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'What the songs of an artist had in a month (UTC). A closed statement never changes: what changes in its month afterwards is an adjustment of the next one to close.',
})
export class ArtistStatement {
  @Field(() => String, { description: 'The month, such as "2026-02".' })
  month!: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The instant of the refresh that closed it; null for the open statement.',
  })
  closedAt!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether the month was over before there were statements, so that it was closed with the plays that were known later.',
  })
  backfilled!: boolean;

  @Field(() => BigIntScalar, { description: 'How many plays the month had, without adjustments.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, {
    description: 'What the plays of the month have paid, in FLOW, without adjustments.',
  })
  earnings!: string;

  @Field(() => BigIntScalar, {
    description:
      '`plays` and those of all adjustments together. Over all statements and the open one this adds up to `totalPlays` of the artist.',
  })
  totalPlays!: number | bigint;

  @Field(() => DecimalScalar, {
    description:
      '`earnings` and those of all adjustments together, in FLOW. Over all statements and the open one this adds up to `totalEarnings` of the artist.',
  })
  totalEarnings!: string;

  readonly artistAddress!: string;
}

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description: 'What the songs of one economic model had in the month of a statement.',
})
export class StatementStrategy {
  @Field(() => Strategy, {
    nullable: true,
    description: 'The economic model that the songs had when the month was closed.',
  })
  strategy!: Strategy | null;

  @Field(() => BigIntScalar, { description: 'How many plays these songs had.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What these plays have paid, in FLOW.' })
  earnings!: string;
}

@Access('public')
@ObjectType({ simpleResolvers: true, description: 'What one song had in the month of a statement.' })
export class StatementSong {
  @Field(() => ID, { description: 'The identifier of the song.' })
  songId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The title that the song had when the month was closed.',
  })
  songTitle!: string | null;

  @Field(() => BigIntScalar, { description: 'How many plays the song had.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What these plays have paid, in FLOW.' })
  earnings!: string;
}

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description:
    'What changed for one song in an earlier month after that was closed: late plays, corrections, deletions, and songs that came from or went to another artist.',
})
export class StatementAdjustment {
  @Field(() => String, { description: 'The month whose plays changed, such as "2026-01".' })
  month!: string;

  @Field(() => ID, { description: 'The identifier of the song.' })
  songId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The title of the song; the last one that was booked if the song is gone.',
  })
  songTitle!: string | null;

  @Field(() => BigIntScalar, { description: 'How many plays came; negative where more of them went away.' })
  plays!: number | bigint;

  @Field(() => DecimalScalar, { description: 'What was paid more, in FLOW; negative where it was less.' })
  earnings!: string;
}

export const ArtistStatementConnection = connectionOf(
  ArtistStatement,
  { type: 'ArtistStatement', plural: 'statements', description: 'Statements of an artist.' },
  'public',
);

export const StatementSongConnection = connectionOf(
  StatementSong,
  { type: 'StatementSong', plural: 'songs', description: 'Songs of a statement.' },
  'public',
);
