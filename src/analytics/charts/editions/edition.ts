import { Field, Int, ObjectType } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { DateTimeScalar } from '../../../scalars/index.js';
import { Node } from '../../node/node.js';
import { connectionOf } from '../../rows/connection.js';
import type { EditionKey } from './edition-key.js';

@Access('public')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'A chart that was closed: the most played songs of one week, from Friday 00:00 UTC to the next Friday. It never changes.',
})
export class ChartEdition implements EditionKey {
  @Field(() => Int, {
    description: 'Which edition of its chart, counted from 1. Weeks without plays have none.',
  })
  number!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The genre of the chart; null for that of all songs.',
  })
  genre!: string | null;

  @Field(() => DateTimeScalar, { description: 'When the week begins; this instant is in it.' })
  periodStart!: string;

  @Field(() => DateTimeScalar, { description: 'When the week ends; this instant is not in it.' })
  periodEnd!: string;

  @Field(() => DateTimeScalar, {
    description: 'The instant of the refresh that closed the edition. Plays that came later are not in it.',
  })
  closedAt!: string;

  @Field(() => Boolean, {
    description: 'Whether an earlier refresh could have closed the edition, but there were none then.',
  })
  backfilled!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why `revisedPlays` and `revisedRank` are null in all entries; null when they can be told.',
  })
  revisedUnavailable!: string | null;

  readonly chart!: number;
}

export const ChartEditionConnection = connectionOf(
  ChartEdition,
  { type: 'ChartEdition', plural: 'editions', description: '' },
  'public',
);
