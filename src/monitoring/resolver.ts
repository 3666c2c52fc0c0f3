import { Ctx, Query, Resolver } from 'type-graphql';
import { Access } from '../auth/access.js';
import type { MonitoringContext } from './context.js';
import { Monitoring } from './type.js';

@Resolver()
export class MonitoringResolver {
  @Access('operator')
  @Query(() => Monitoring, { description: 'The health of the database and of the gateway. For operators.' })
  monitoring(@Ctx() { now }: MonitoringContext): Monitoring {
    return { observedAt: now() };
  }
}
