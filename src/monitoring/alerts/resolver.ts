import { Arg, Ctx, FieldResolver, Float, Int, Mutation, Resolver } from 'type-graphql';
import { Access } from '../../auth/access.js';
import type { MonitoringContext } from '../context.js';
import { requireLimit } from '../limit.js';
import { Monitoring } from '../type.js';
import { Alert, Thresholds } from './type.js';

@Resolver(() => Monitoring)
export class AlertsResolver {
  @FieldResolver(() => [Alert], { description: 'Recent alerts, newest first.' })
  async alerts(
    @Arg('limit', () => Int, {
      defaultValue: 20,
      description: 'Maximum number of alerts, 1 to 500. The last 200 are kept.',
    })
    limit: number,
    @Ctx() { observation }: MonitoringContext,
  ): Promise<Alert[]> {
    const newest = await observation.figures.listAlerts();
    return newest
      .slice(0, requireLimit(limit))
      .map((alert) => ({ ...alert, recovered: alert.recoveredAt !== null }));
  }

  @FieldResolver(() => Thresholds, { description: 'The thresholds at which this gateway raises alerts.' })
  thresholds(@Ctx() { observation }: MonitoringContext): Thresholds {
    return observation.thresholds.current();
  }

  @Access('operator')
  @Mutation(() => Thresholds, {
    description:
      'Changes the given thresholds of this gateway until it restarts, and returns all thresholds. For operators.',
  })
  setThresholds(
    @Arg('slowQueryMs', () => Int, {
      nullable: true,
      description: 'Queries slower than this count as slow, in milliseconds, 1 to 3600000.',
    })
    slowQueryMs: number | null,
    @Arg('connectionPoolWarning', () => Int, {
      nullable: true,
      description: 'Pool utilization at which a warning is raised, in percent, 1 to 100.',
    })
    connectionPoolWarning: number | null,
    @Arg('viewStalenessHours', () => Float, {
      nullable: true,
      description: 'Age at which the views count as stale, in hours, 0.001 to 8760.',
    })
    viewStalenessHours: number | null,
    @Ctx() { observation, audit }: MonitoringContext,
  ): Promise<Thresholds> {
    const changes = { slowQueryMs, connectionPoolWarning, viewStalenessHours };
    return audit('setThresholds', changes, () => observation.figures.setThresholds(changes));
  }
}
