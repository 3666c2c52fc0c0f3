import { Arg, Ctx, FieldResolver, Float, Int, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { MonitoringContext } from '../context.js';
import { requireLimit } from '../limit.js';
import { Monitoring } from '../type.js';
import { Alert, Thresholds } from './type.js';

@Resolver(() => Monitoring)
export class AlertsResolver {
  @FieldResolver(() => [Alert], { description: 'What went wrong, the newest first.' })
  alerts(
    @Arg('limit', () => Int, {
      defaultValue: 20,
      description: 'How many at most, 1 to 500. No more than the last 200 are remembered.',
    })
    limit: number,
    @Ctx() { observation }: MonitoringContext,
  ): Alert[] {
    return observation.alerts
      .list()
      .slice(0, requireLimit(limit))
      .map((alert) => ({ ...alert, recovered: alert.recoveredAt !== null }));
  }

  @FieldResolver(() => Thresholds, { description: 'From when on this gateway raises an alert.' })
  thresholds(@Ctx() { observation }: MonitoringContext): Thresholds {
    return observation.thresholds.current();
  }

  @Access('operator')
  @Mutation(() => Thresholds, {
    description:
      'Changes the thresholds that are given, for this gateway until it is restarted, and gives all of them. For operators.',
  })
  setThresholds(
    @Arg('slowQueryMs', () => Int, {
      nullable: true,
      description: 'A query that takes longer than this is slow, in milliseconds, 1 to 3600000.',
    })
    slowQueryMs: number | null,
    @Arg('connectionPoolWarning', () => Int, {
      nullable: true,
      description: 'How much of the connection pool may be in use, in percent, 1 to 100.',
    })
    connectionPoolWarning: number | null,
    @Arg('viewStalenessHours', () => Float, {
      nullable: true,
      description: 'How old the views may be, in hours, 0.001 to 8760.',
    })
    viewStalenessHours: number | null,
    @Ctx() { observation, audit }: MonitoringContext,
  ): Promise<Thresholds> {
    const changes = { slowQueryMs, connectionPoolWarning, viewStalenessHours };
    return audit('setThresholds', changes, () => observation.thresholds.set(changes));
  }
}
