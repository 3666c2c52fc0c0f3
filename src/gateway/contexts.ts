import type { Logger } from 'pino';
import type { AnalyticsContext } from '../analytics/context.js';
import { createLoaders } from '../analytics/loaders.js';
import { AnalyticsReader } from '../analytics/withholding/analytics-reader.js';
import { jointlyShown } from '../analytics/withholding/shown-counts.js';
import { createAudit } from '../auth/audit.js';
import { publicViewer } from '../auth/viewer.js';
import type { Database } from '../database/database.js';
import { Asker } from '../database/execution/asker.js';
import type { Reader } from '../database/reader/reader.js';
import type { SharedContext } from '../graphql/execution/shared-run.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { MonitoringContext } from '../monitoring/context.js';
import type { RefreshResult } from '../refresh/refresh-views.js';
import { recordReads } from '../views/reading.js';
import { withoutListenerRows } from '../views/view-freshness.js';
import type { Pools } from './databases/pools.js';

/** What resolvers use besides the request: the same for all requests. */
export type Services = Pick<
  MonitoringContext,
  'observation' | 'maintenance' | 'bufferCacheReader' | 'explainer' | 'adviseWorkload'
> & { readonly refresh: () => Promise<RefreshResult> };

export interface ContextsOptions {
  readonly pools: Pools;
  /** What shared executions read through: the database, or its replicas before it. */
  readonly shared: Pick<Database, 'readerFor'>;
  /** The same for executions of one viewer. */
  readonly personal: Pick<Database, 'readerFor'>;
  readonly services: Services;
  readonly now: () => Date;
  readonly log: Logger;
  /** Counts of different listeners below this number are withheld; 0 withholds none. */
  readonly withholdUnder: number;
}

/** Makes the contexts of resolvers. */
export interface Contexts {
  /** Of a request that Apollo executes. */
  forRequest(request: RequestContext): RequestContext & AnalyticsContext & MonitoringContext;
  /** Of a shared execution: as the public, tied to no request, with only what the views need. */
  readonly forEverybody: SharedContext;
}

const never = new AbortController().signal;

export function createContexts(options: ContextsOptions): Contexts {
  const { pools, shared, personal, services, now, log, withholdUnder } = options;
  const joint = withholdUnder > 0 ? jointlyShown : [];
  // An audit line is written whatever the level of the log is.
  const auditLog = log.child({}, { level: 'info' });
  const contextOver = (request: RequestContext, over: Reader, monitoringReader: Reader) => {
    const reader = new AnalyticsReader(over, withholdUnder);
    return {
      ...request,
      ...services,
      now,
      reader,
      monitoringReader,
      databaseKind: pools.database.kind,
      loaders: createLoaders(reader),
      listFreshness: async () => {
        const freshness = await services.observation.listFreshness(reader);
        return withholdUnder > 0 ? withoutListenerRows(freshness) : freshness;
      },
      audit: createAudit({
        viewer: request.viewer,
        requestId: request.requestId,
        now,
        write: (line) => auditLog.info(line, 'audit'),
      }),
      contextOver: (other: Reader): unknown => contextOver(request, other, other),
    };
  };
  return {
    forRequest(request) {
      const { signal, client = null } = request;
      const reader = personal.readerFor({ signal, asker: new Asker(client) });
      return contextOver(request, reader, pools.monitoring.readerFor({ signal }));
    },
    forEverybody(signal, asker) {
      const reading = recordReads(shared.readerFor({ signal, asker }), joint);
      const reader = new AnalyticsReader(reading.reader, withholdUnder);
      const context = {
        viewer: publicViewer,
        requestId: 'shared',
        signal: never,
        log,
        reader,
        loaders: createLoaders(reader),
      } satisfies RequestContext & AnalyticsContext;
      return { context, reading };
    },
  };
}
