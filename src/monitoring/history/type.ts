import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import type { ViewName } from '../../views/catalogue.js';
import { RefreshKind } from '../../views/refresh-kind.js';
import { ViewNameEnum } from '../../views/view-name.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'What a past refresh did to one view.' })
export class PastRefreshView {
  @Field(() => ViewNameEnum, { description: 'The view.' })
  view!: ViewName;

  @Field(() => Float, { nullable: true, description: 'How long publishing the view took, in milliseconds.' })
  durationMs!: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'How many rows were new or different.' })
  rowsChanged!: number | null;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'A refresh that has ended, well or not, whoever asked for it. It always moved all six views, or none.',
})
export class PastRefresh {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The number that the views went by from then on; null when it failed.',
  })
  generation!: number | null;

  @Field(() => String, {
    description:
      'What asked for it: `schedule`, `graphql`, `cli`, `start`, or `sql` for psql, pg_cron and the like.',
  })
  trigger!: string;

  @Field(() => RefreshKind, {
    nullable: true,
    description: 'How the numbers were brought up to date; null when it failed.',
  })
  kind!: RefreshKind | null;

  @Field(() => String, { nullable: true, description: 'Why everything was recomputed, when it was.' })
  reason!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The instant that all numbers hold for; null when it failed.',
  })
  asOf!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it began, in UTC.' })
  startedAt!: string;

  @Field(() => DateTimeScalar, { description: 'When it ended, in UTC.' })
  finishedAt!: string;

  @Field(() => Float, { description: 'How long it took in all, in milliseconds.' })
  durationMs!: number;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How many rows of all views together were new or different; null when it failed.',
  })
  rowsChanged!: number | null;

  @Field(() => [PastRefreshView], { description: 'The same for each view; empty when it failed.' })
  views!: PastRefreshView[];

  @Field(() => String, { nullable: true, description: 'What it failed with, in the words of the database.' })
  error!: string | null;
}
