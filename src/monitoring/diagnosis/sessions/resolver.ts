import { Arg, Ctx, FieldResolver, Float, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { requireBetween } from '../../limit.js';
import { Monitoring } from '../../type.js';
import { readSection } from '../section.js';
import { listLongRunning } from './long-running.js';
import { LongRunningQueries } from './long-running-type.js';

const maxSeconds = 31_536_000;

@Resolver(() => Monitoring)
export class SessionsResolver {
  @FieldResolver(() => LongRunningQueries, {
    description: 'Long-running sessions, and which session blocks which.',
  })
  longRunningQueries(
    @Arg('minSeconds', () => Float, {
      defaultValue: 5,
      description: 'Minimum duration, in seconds, 0 to 31536000.',
    })
    minSeconds: number,
    @Ctx() { monitoringReader, databaseKind }: MonitoringContext,
  ): Promise<LongRunningQueries> {
    requireBetween('minSeconds', minSeconds, 0, maxSeconds);
    return readSection(() => listLongRunning(monitoringReader, databaseKind, minSeconds));
  }
}
