import { Arg, Ctx, FieldResolver, Int, Resolver } from 'type-graphql';
import { ViewFreshness } from '../../views/view-freshness.js';
import type { MonitoringContext } from '../context.js';
import { requireLimit } from '../limit.js';
import { Monitoring } from '../type.js';
import { listRefreshes } from './repository.js';
import { PastRefresh } from './type.js';

@Resolver(() => Monitoring)
export class RefreshHistoryResolver {
  @FieldResolver(() => [PastRefresh], {
    description: 'Past refreshes from any trigger, newest first.',
  })
  async refreshes(
    @Arg('limit', () => Int, { defaultValue: 20, description: 'Maximum number of refreshes, 1 to 500.' })
    limit: number,
    @Ctx() { monitoringReader }: MonitoringContext,
  ): Promise<PastRefresh[]> {
    return listRefreshes(monitoringReader, requireLimit(limit));
  }

  @FieldResolver(() => [ViewFreshness], {
    description: 'The age of each of the views; stale when older than `thresholds.viewStalenessHours`.',
  })
  viewFreshness(@Ctx() { monitoringReader, observation }: MonitoringContext): Promise<ViewFreshness[]> {
    return observation.listFreshness(monitoringReader);
  }
}
