import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../context.js';
import { Monitoring } from '../type.js';
import { ReadReplica } from './type.js';

@Resolver(() => Monitoring)
export class ReplicasResolver {
  @FieldResolver(() => [ReadReplica], {
    description: 'The read replicas of `DATABASE_READ_URLS`; none without it.',
  })
  async replicas(@Ctx() { observation }: MonitoringContext): Promise<ReadReplica[]> {
    const { replicas } = await observation.figures.replicas();
    return replicas.map(({ answered, discarded, failed, ...replica }) => ({
      ...replica,
      readsAnswered: answered,
      readsDiscarded: discarded,
      readsFailedOver: failed,
    }));
  }
}
