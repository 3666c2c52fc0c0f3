import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { Monitoring } from '../../type.js';
import { ConnectionPool } from './type.js';

@Resolver(() => Monitoring)
export class PoolResolver {
  @FieldResolver(() => ConnectionPool, { description: 'The connection pool for analytics queries.' })
  async pool(@Ctx() { observation }: MonitoringContext): Promise<ConnectionPool> {
    return observation.figures.pool();
  }
}
