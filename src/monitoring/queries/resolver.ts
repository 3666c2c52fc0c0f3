import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { MonitoringContext } from '../context.js';
import { requireBetween, requireLimit } from '../limit.js';
import { Monitoring } from '../type.js';
import { describeWindow } from './describe.js';
import { QueryError, QueryStats, SlowQuery, SlowQueryOrder } from './type.js';
import { longestWindowMs } from './windows.js';

const limitDescription = 'How many at most, 1 to 500. No more than the last 500 are remembered.';
const sqlState = /^[0-9A-Z]{5}$/;

@Resolver(() => Monitoring)
export class QueryMetricsResolver {
  @FieldResolver(() => QueryStats, {
    description: 'What the queries of this gateway came to within a window that ends now.',
  })
  queryStats(
    @Arg('windowMs', () => Int, {
      defaultValue: 60_000,
      description:
        'How long the window is, in milliseconds, 1 to 3600000. It slides by the second up to two minutes, by ten seconds beyond.',
    })
    windowMs: number,
    @Ctx() { observation, now }: MonitoringContext,
  ): QueryStats {
    requireBetween('windowMs', windowMs, 1, longestWindowMs);
    return describeWindow(observation.queries.read(windowMs), windowMs, now());
  }

  @FieldResolver(() => [SlowQuery], {
    description:
      'Queries that took longer than the threshold. Never their values. A refresh is none of them.',
  })
  slowQueries(
    @Arg('limit', () => Int, { defaultValue: 20, description: limitDescription })
    limit: number,
    @Arg('orderBy', () => SlowQueryOrder, {
      defaultValue: SlowQueryOrder.DURATION,
      description: 'Which of them come first.',
    })
    orderBy: SlowQueryOrder,
    @Ctx() { observation }: MonitoringContext,
  ): SlowQuery[] {
    const newest = observation.queries.listSlow();
    const ordered =
      orderBy === 'time' ? newest : newest.sort((one, other) => other.durationMs - one.durationMs);
    return ordered.slice(0, requireLimit(limit));
  }

  @FieldResolver(() => [QueryError], {
    description: 'Queries that failed, the newest first. Never their values.',
  })
  queryErrors(
    @Arg('limit', () => Int, { defaultValue: 20, description: limitDescription })
    limit: number,
    @Ctx() { observation }: MonitoringContext,
  ): QueryError[] {
    return observation.queries
      .listErrors()
      .slice(0, requireLimit(limit))
      .map((event) => ({ ...event, sqlState: sqlState.test(event.code) ? event.code : null }));
  }

  @Access('operator')
  @Mutation(() => Boolean, {
    description:
      'Forgets the windows, slow queries and errors of this gateway; what it counts for Prometheus goes on. For operators.',
  })
  clearQueryMetrics(@Ctx() { observation, audit }: MonitoringContext): Promise<boolean> {
    return audit('clearQueryMetrics', {}, () => {
      observation.queries.clear();
      return true;
    });
  }
}
