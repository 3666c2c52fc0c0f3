import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { Monitoring } from '../../type.js';
import { CacheStats, describeCache } from './type.js';

@Resolver(() => Monitoring)
export class ResponseCacheResolver {
  @FieldResolver(() => CacheStats, {
    description:
      "The gateway's response cache. For the database's buffer cache see `database.cacheHitRatio`.",
  })
  async cache(@Ctx() { observation }: MonitoringContext): Promise<CacheStats> {
    return describeCache(await observation.figures.cacheCounts());
  }
}
