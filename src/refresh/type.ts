import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access } from '../auth/access.js';
import type { ViewName } from '../catalogue/view.js';
import { BigIntScalar, DateTimeScalar } from '../scalars/index.js';
import { RefreshKind } from '../views/refresh-kind.js';
import { ViewNameEnum } from '../views/view-name.js';

export const RefreshOutcome = { REFRESHED: 'refreshed', JOINED: 'joined', RUNNING: 'running' } as const;
export type RefreshOutcome = (typeof RefreshOutcome)[keyof typeof RefreshOutcome];
registerEnumType(RefreshOutcome, {
  name: 'RefreshOutcome',
  description: 'What came of asking for a refresh.',
  valuesConfig: {
    REFRESHED: { description: 'The views were refreshed by this call.' },
    JOINED: { description: 'A refresh was running; this is its result.' },
    RUNNING: { description: 'A refresh was running and is still; this call did nothing.' },
  },
});

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'What a refresh did to one view.' })
export class RefreshedView {
  @Field(() => ViewNameEnum, { description: 'The view.' })
  view!: ViewName;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The instant that the numbers hold for.' })
  asOf!: string | null;

  @Field(() => Float, { nullable: true, description: 'How long publishing the view took, in milliseconds.' })
  durationMs!: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'How many rows are new or different.' })
  rowsChanged!: number | null;
}

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'One phase of a refresh.' })
export class RefreshPhase {
  @Field(() => String, { description: 'Its name; publishing a view goes under the name of the view.' })
  name!: string;

  @Field(() => Float, { description: 'How long it took, in milliseconds.' })
  durationMs!: number;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description: 'The result of a refresh, which is a single transaction.',
})
export class RefreshReport {
  @Field(() => RefreshOutcome, {
    description: 'Whether this call refreshed, joined a running refresh, or found one running.',
  })
  outcome!: RefreshOutcome;

  @Field(() => BigIntScalar, { description: 'The number of the refresh that the views show.' })
  generation!: number;

  @Field(() => RefreshKind, { nullable: true, description: 'How the numbers were brought up to date.' })
  kind!: RefreshKind | null;

  @Field(() => String, { nullable: true, description: 'Why everything was recomputed, when it was.' })
  reason!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The instant that all numbers hold for.' })
  asOf!: string | null;

  @Field(() => Float, { nullable: true, description: 'How long it took in all, in milliseconds.' })
  durationMs!: number | null;

  @Field(() => [RefreshedView], { description: 'The views that were asked for.' })
  views!: RefreshedView[];

  @Field(() => [RefreshPhase], { description: 'Where the time went.' })
  phases!: RefreshPhase[];

  @Field(() => Int, { description: 'Number of views present; 0 for RUNNING.' })
  viewsRefreshed!: number;
}
