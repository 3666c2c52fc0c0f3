import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../context.js';
import { Monitoring } from '../type.js';
import { BufferCache } from './buffer-cache.js';
import { ConnectionStates, readConnections } from './connections.js';
import { readDatabase } from './database-facts.js';
import { DatabaseFacts } from './database-type.js';
import { Replication, readReplication } from './replication.js';
import { look } from './section.js';
import { listViewSizes, ViewSizes } from './view-sizes.js';
import { listWaitEvents, WaitEvents } from './wait-events.js';
import { readWraparound, Wraparound } from './wraparound.js';

@Resolver(() => Monitoring)
export class DatabaseResolver {
  @FieldResolver(() => DatabaseFacts, { description: 'The database as a whole.' })
  database(@Ctx() { reserve }: MonitoringContext): Promise<DatabaseFacts> {
    return look(() => readDatabase(reserve));
  }
}

/** What is asked of the database one by one, so that nothing is read that nobody wants to know. */
@Resolver(() => DatabaseFacts)
export class DatabaseFactsResolver {
  @FieldResolver(() => ConnectionStates, { description: 'The sessions of clients, by what they are doing.' })
  connectionStates(@Ctx() { reserve }: MonitoringContext): Promise<ConnectionStates> {
    return look(() => readConnections(reserve));
  }

  @FieldResolver(() => BufferCache, {
    description: 'How often a page was found in memory, in all and lately.',
  })
  bufferCache(@Ctx() { reserve, bufferCacheLooks }: MonitoringContext): Promise<BufferCache> {
    return look(() => bufferCacheLooks.look(reserve));
  }

  @FieldResolver(() => Wraparound, {
    description: 'How far the database is from running out of transaction ids.',
  })
  wraparound(@Ctx() { reserve }: MonitoringContext): Promise<Wraparound> {
    return look(() => readWraparound(reserve));
  }

  @FieldResolver(() => Replication, {
    description: 'Replicas, how far behind they are, and replication slots.',
  })
  replication(@Ctx() { reserve }: MonitoringContext): Promise<Replication> {
    return look(() => readReplication(reserve));
  }

  @FieldResolver(() => WaitEvents, { description: 'What busy sessions wait for at this moment.' })
  waitEvents(@Ctx() { reserve }: MonitoringContext): Promise<WaitEvents> {
    return look(() => listWaitEvents(reserve));
  }

  @FieldResolver(() => ViewSizes, { description: 'How large the six views are.' })
  viewSizes(@Ctx() { reserve }: MonitoringContext): Promise<ViewSizes> {
    return look(() => listViewSizes(reserve));
  }
}
