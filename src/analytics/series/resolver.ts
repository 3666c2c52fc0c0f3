import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { FollowsViews } from '../../views/follows-views.js';
import type { AnalyticsContext } from '../context.js';
import { selectionOf } from '../selection.js';
import { readPrevious, readPreviousToDate } from './read-series.js';
import { Series, SeriesTotals } from './type.js';

@Resolver(() => Series)
export class SeriesResolver {
  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Series, {
    nullable: true,
    description:
      'As many buckets of the earlier time that `compareTo` names, paired by position; null without `compareTo`, and of a previous series.',
  })
  previous(
    @Root() series: Series,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Series> | null {
    return readPrevious(loaders, series, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => SeriesTotals, {
    nullable: true,
    description:
      'What the previous buckets had come to when as much time had passed in them as had in these at the last refresh, to the quarter of an hour: half a month is compared with half a month. Null without `compareTo`.',
  })
  previousToDate(@Root() series: Series, @Ctx() { loaders }: AnalyticsContext): Promise<SeriesTotals | null> {
    return readPreviousToDate(loaders, series);
  }
}
