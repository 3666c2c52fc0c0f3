import { Field, Float, ObjectType } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { ViewName } from '../../catalogue/view.js';
import { BigIntScalar, DateTimeScalar } from '../../scalars/index.js';
import { RefreshKind } from '../../views/refresh-kind.js';
import { ViewNameEnum } from '../../views/view-name.js';

@Access('operator')
@ObjectType({ simpleResolvers: true, description: 'The effect of a past refresh on one view.' })
export class PastRefreshView {
  @Field(() => ViewNameEnum, { description: 'The view.' })
  view!: ViewName;

  @Field(() => Float, { nullable: true, description: 'Time to publish the view, in milliseconds.' })
  durationMs!: number | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'Number of rows that were added or changed.' })
  rowsChanged!: number | null;
}

@Access('operator')
@ObjectType({
  simpleResolvers: true,
  description:
    'A finished refresh, successful or failed, from any trigger. A failed refresh changes no view.',
})
export class PastRefresh {
  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'The generation it published; null when it failed.',
  })
  generation!: number | null;

  @Field(() => String, {
    description:
      'What triggered it: `schedule`, `graphql`, `cli`, `start`, or `sql` (psql, pg_cron and other SQL clients).',
  })
  trigger!: string;

  @Field(() => RefreshKind, {
    nullable: true,
    description: 'Whether changes were applied or everything was recomputed; null when it failed.',
  })
  kind!: RefreshKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why everything was recomputed; null when it was not.',
  })
  reason!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The instant for which all numbers are exact, in UTC; null when it failed.',
  })
  asOf!: string | null;

  @Field(() => DateTimeScalar, { description: 'Start, in UTC.' })
  startedAt!: string;

  @Field(() => DateTimeScalar, { description: 'End, in UTC.' })
  finishedAt!: string;

  @Field(() => Float, { description: 'Total duration, in milliseconds.' })
  durationMs!: number;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Number of rows of all views that were added or changed; null when it failed.',
  })
  rowsChanged!: number | null;

  @Field(() => [PastRefreshView], { description: 'The effect on each view; empty when it failed.' })
  views!: PastRefreshView[];

  @Field(() => String, {
    nullable: true,
    description: 'The database’s error message; null when it succeeded.',
  })
  error!: string | null;
}
