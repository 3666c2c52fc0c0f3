import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Info, Query, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import { FollowsViews } from '../../views/follows-views.js';
import type { AnalyticsContext } from '../context.js';
import { selectionOf } from '../selection.js';
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
}
