import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../auth/access.js';
import { viewNames } from '../catalogue/index.js';
import type { ViewName } from '../catalogue/view.js';
import { BigIntScalar, DateTimeScalar } from '../scalars/index.js';
import { asOfView, type Generation } from './freshness.js';
import { ViewNameEnum } from './view-name.js';

/** How old a view may be before it is called stale, in hours. */
export const defaultStalenessHours = 1;

@Access('public')
@ObjectType({
  simpleResolvers: true,
  description:
    'How old the numbers of one view are. All views stand at the same instant, except those that wait for a schedule of their own.',
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
    description:
      'Whether the numbers are older than the staleness limit, or were never filled. For a view with a schedule of its own the limit counts from when it was due.',
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
    description:
      'How many rows of this view the last refresh changed. Null for the listeners where small counts of them are withheld.',
  })
  rowsChanged!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When this gateway will publish the view next; null without a schedule.',
  })
  nextRefreshAt!: string | null;
}

/** What is planned for each view. */
export interface PublicationPlan {
  /** When a view is published next; null without a schedule. */
  readonly nextPublication: (view: ViewName) => Date | null;
  /** The first instant after another at which a view with a schedule of its own is due; null for other views. */
  readonly nextDue: (view: ViewName, after: Date) => Date | null;
}

/** The age of each view. */
export function describeFreshness(
  generation: Generation | null,
  now: Date,
  stalenessHours: number,
  plan: PublicationPlan,
): ViewFreshness[] {
  return viewNames.map((view) => {
    const hoursOld = generation && hoursBetween(asOfView(generation, view), now);
    const hoursOverdue = hoursOverdueOf(generation, view, now, plan);
    return {
      view,
      lastRefreshed: generation && asOfView(generation, view),
      generation: generation?.behind[view]?.generation ?? generation?.generation ?? 0,
      ageSeconds: hoursOld === null ? null : hoursOld * 3600,
      hoursOld,
      stale: hoursOverdue === null || hoursOverdue > stalenessHours,
      refreshDurationMs: generation?.phases[view] ?? null,
      rowsChanged: generation?.rowsChanged[view] ?? null,
      nextRefreshAt: plan.nextPublication(view)?.toISOString() ?? null,
    };
  });
}

/** The age of a view in hours, or the time since it was due if it has a schedule of its own; null if it was never filled. */
export function hoursOverdueOf(
  generation: Generation | null,
  view: ViewName,
  now: Date,
  { nextDue }: Pick<PublicationPlan, 'nextDue'>,
): number | null {
  if (generation === null) return null;
  const asOf = asOfView(generation, view);
  return hoursBetween(nextDue(view, new Date(asOf))?.toISOString() ?? asOf, now);
}

function hoursBetween(instant: string, now: Date): number {
  return Math.max(0, now.getTime() - Date.parse(instant)) / 3_600_000;
}

/** The same without the number of listeners that the last refresh changed. */
export function withoutListenerRows(freshness: readonly ViewFreshness[]): ViewFreshness[] {
  return freshness.map((each) =>
    each.view === 'mv_listener_activity' ? { ...each, rowsChanged: null } : each,
  );
}
