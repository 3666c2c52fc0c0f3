import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../../auth/access.js';
import { isSqlState } from '../../../database/failures/sql-state.js';
import type { MonitoringContext } from '../../context.js';
import { requireBetween, requireLimit } from '../../limit.js';
import { Monitoring } from '../../type.js';
import { describeWindow } from './describe.js';
import { QueryError, QueryStats, SlowQuery, SlowQueryOrder } from './type.js';
import { maxWindowMs } from './windows.js';

const limitDescription = 'Maximum number, 1 to 500. The last 500 are kept.';

@Resolver(() => Monitoring)
export class QueryMetricsResolver {
  @FieldResolver(() => QueryStats, {
    description: 'Statistics of this gateway’s queries within a window that ends now.',
  })
  async queryStats(
    @Arg('windowMs', () => Int, {
      defaultValue: 60_000,
      description:
        'Length of the window, in milliseconds, 1 to 3600000. Its resolution is one second up to two minutes, ten seconds beyond.',
    })
    windowMs: number,
    @Ctx() { observation, now }: MonitoringContext,
  ): Promise<QueryStats> {
    requireBetween('windowMs', windowMs, 1, maxWindowMs);
    return describeWindow(await observation.figures.window(windowMs), windowMs, now());
  }

  @FieldResolver(() => [SlowQuery], {
    description: 'Queries slower than the threshold, without parameter values. Refreshes are not included.',
  })
  async slowQueries(
    @Arg('limit', () => Int, { defaultValue: 20, description: limitDescription })
    limit: number,
    @Arg('orderBy', () => SlowQueryOrder, {
      defaultValue: SlowQueryOrder.DURATION,
      description: 'The order.',
    })
    orderBy: SlowQueryOrder,
    @Ctx() { observation }: MonitoringContext,
  ): Promise<SlowQuery[]> {
    const newest = await observation.figures.listSlow();
    const ordered =
      orderBy === 'time' ? newest : newest.sort((one, other) => other.durationMs - one.durationMs);
    return ordered.slice(0, requireLimit(limit));
  }

  @FieldResolver(() => [QueryError], {
    description: 'Failed queries, newest first, without parameter values.',
  })
  async queryErrors(
    @Arg('limit', () => Int, { defaultValue: 20, description: limitDescription })
    limit: number,
    @Ctx() { observation }: MonitoringContext,
  ): Promise<QueryError[]> {
    const newest = await observation.figures.listErrors();
    return newest
      .slice(0, requireLimit(limit))
      .map((event) => ({ ...event, sqlState: isSqlState(event.code) ? event.code : null }));
  }

  @Access('operator')
  @Mutation(() => Boolean, {
    description:
      'Clears the query statistics, slow queries and errors of this gateway. Prometheus counters are kept. For operators.',
  })
  clearQueryMetrics(@Ctx() { observation, audit }: MonitoringContext): Promise<boolean> {
    return audit('clearQueryMetrics', {}, async () => {
      await observation.figures.clearQueries();
      return true;
    });
  }
}
