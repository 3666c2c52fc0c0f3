import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Query, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { defaultBuckets, maxBuckets } from '../../catalogue/granularity.js';
import { FollowsViews } from '../../views/follows-views.js';
import { listActiveListeners } from '../active-listeners/repository.js';
import { ActiveListenersGranularity, ActiveListenersSeries } from '../active-listeners/type.js';
import type { AnalyticsContext } from '../context.js';
import { selectionOf } from '../selection.js';
import { requireBuckets, SeriesArguments } from '../series/arguments.js';
import { readSeries } from '../series/read-series.js';
import { Series } from '../series/type.js';
import { findPlatformStats } from './repository.js';
import { PlatformStats } from './type.js';

@Resolver(() => PlatformStats)
export class PlatformStatsResolver {
  @Access('public')
  @FollowsViews()
  @Query(() => PlatformStats, { description: 'The totals of the whole platform.' })
  platformStats(
    @Ctx() { reader }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PlatformStats> {
    return findPlatformStats(reader, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => Series, { description: 'The plays of all songs along time.' })
  series(
    @Args(() => SeriesArguments) given: SeriesArguments,
    @Ctx() { loaders }: AnalyticsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Series> {
    return readSeries(loaders, { kind: 'platform', key: '' }, given, selectionOf(info));
  }

  @Access('public')
  @FollowsViews()
  @FieldResolver(() => ActiveListenersSeries, {
    description: 'How many different addresses have played something, in days, weeks or months in UTC.',
  })
  async activeListeners(
    @Arg('granularity', () => ActiveListenersGranularity, {
      nullable: true,
      defaultValue: ActiveListenersGranularity.DAY,
      description: 'What one bucket is; null is the same as DAY.',
    })
    granularity: ActiveListenersGranularity | null,
    @Arg('last', () => Int, {
      nullable: true,
      defaultValue: defaultBuckets,
      description: `How many buckets, the one that holds the last refresh included: 1 to ${maxBuckets}; null is the same as ${defaultBuckets}.`,
    })
    last: number | null,
    @Ctx() { reader }: AnalyticsContext,
  ): Promise<ActiveListenersSeries> {
    const unit = granularity ?? ActiveListenersGranularity.DAY;
    const size = requireBuckets(last ?? defaultBuckets);
    return {
      granularity: unit,
      buckets: await listActiveListeners(reader, unit, size),
      listenersSuppressed: reader.withholdUnder > 0,
    };
  }
}
