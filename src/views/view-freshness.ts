import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../auth/access.js';
import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import { BigIntScalar, DateTimeScalar } from '../scalars/index.js';
import type { Generation } from './freshness.js';
import { ViewNameEnum } from './view-name.js';

/** How old a view may be before it is called stale, in hours. */
export const defaultStalenessHours = 1;

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description: 'How old the numbers of one view are. All views stand at the same instant.',
})
export class ViewFreshness {
  @Field(() => ViewNameEnum, { description: 'The view.' })
  view!: ViewName;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The instant that the numbers hold for; null before the first refresh.',
  })
  lastRefreshed!: string | null;

  @Field(() => BigIntScalar, {
    description: 'The number of the refresh that the view shows; 0 before the first one.',
  })
  generation!: number;

  @Field(() => Float, { nullable: true, description: 'Seconds since that instant.' })
  ageSeconds!: number | null;

  @Field(() => Float, { nullable: true, description: 'Hours since that instant.' })
  hoursOld!: number | null;

  @Field(() => Boolean, {
    description: 'Whether the numbers are older than the staleness limit, or were never filled.',
  })
  stale!: boolean;

  @Field(() => Float, {
    nullable: true,
    description:
      'How long the last refresh took to publish this view, in milliseconds; null where nothing in it had changed.',
  })
  refreshDurationMs!: number | null;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'How many rows of this view the last refresh changed.',
  })
  rowsChanged!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this gateway will refresh next; null without a schedule.',
  })
  nextRefreshAt!: string | null;
}

/** The age of each view; the same for all, because one refresh moves them together. */
export function describeFreshness(
  generation: Generation | null,
  now: Date,
  stalenessHours: number,
  nextRefresh: Date | null,
): ViewFreshness[] {
  const ageSeconds = generation ? Math.max(0, (now.getTime() - Date.parse(generation.asOf)) / 1000) : null;
  return viewNames.map((view) => ({
    view,
    lastRefreshed: generation?.asOf ?? null,
    generation: generation?.generation ?? 0,
    ageSeconds,
    hoursOld: ageSeconds === null ? null : ageSeconds / 3600,
    stale: ageSeconds === null || ageSeconds > stalenessHours * 3600,
    refreshDurationMs: generation?.phases[view] ?? null,
    rowsChanged: generation?.rowsChanged[view] ?? null,
    nextRefreshAt: nextRefresh?.toISOString() ?? null,
  }));
}
