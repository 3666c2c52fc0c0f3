import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { MonitoringContext } from '../../context.js';
import { Monitoring } from '../../type.js';
import { readSection } from '../section.js';
import { ConnectionStates, readConnections } from '../sessions/connections.js';
import { listWaitEvents, WaitEvents } from '../sessions/wait-events.js';
import { listViewSizes, ViewSizes } from '../tables/view-sizes.js';
import { BufferCache } from './buffer-cache.js';
import { readDatabase } from './database-facts.js';
import { DatabaseFacts } from './database-type.js';
import { Replication, readReplication } from './replication.js';
import { readWraparound, Wraparound } from './wraparound.js';

@Resolver(() => Monitoring)
export class DatabaseResolver {
  @FieldResolver(() => DatabaseFacts, { description: 'The database as a whole.' })
  database(@Ctx() { monitoringReader, databaseKind }: MonitoringContext): Promise<DatabaseFacts> {
    return readSection(() => readDatabase(monitoringReader, databaseKind));
  }
}

/** Resolved field by field, so that only selected sections are read. */
@Resolver(() => DatabaseFacts)
export class DatabaseFactsResolver {
  @FieldResolver(() => ConnectionStates, { description: 'Client sessions by state.' })
  connectionStates(@Ctx() { monitoringReader }: MonitoringContext): Promise<ConnectionStates> {
    return readSection(() => readConnections(monitoringReader));
  }

  @FieldResolver(() => BufferCache, {
    description: 'Shared buffer hit ratio, overall and recent.',
  })
  bufferCache(@Ctx() { monitoringReader, bufferCacheReader }: MonitoringContext): Promise<BufferCache> {
    return readSection(() => bufferCacheReader.read(monitoringReader));
  }

  @FieldResolver(() => Wraparound, {
    description: 'Distance from transaction id wraparound.',
  })
  wraparound(@Ctx() { monitoringReader }: MonitoringContext): Promise<Wraparound> {
    return readSection(() => readWraparound(monitoringReader));
  }

  @FieldResolver(() => Replication, {
    description: 'Replicas with their lag, and replication slots.',
  })
  replication(@Ctx() { monitoringReader, databaseKind }: MonitoringContext): Promise<Replication> {
    return readSection(() => readReplication(monitoringReader, databaseKind));
  }

  @FieldResolver(() => WaitEvents, { description: 'Wait events of active sessions at this moment.' })
  waitEvents(@Ctx() { monitoringReader, databaseKind }: MonitoringContext): Promise<WaitEvents> {
    return readSection(() => listWaitEvents(monitoringReader, databaseKind));
  }

  @FieldResolver(() => ViewSizes, { description: 'The sizes of the views.' })
  viewSizes(@Ctx() { monitoringReader }: MonitoringContext): Promise<ViewSizes> {
    return readSection(() => listViewSizes(monitoringReader));
  }
}
