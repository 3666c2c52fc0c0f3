import type { ReplicasStatus } from '../../replicas/replica-status.js';
import type { AlertBook, AlertRecord } from '../alerts/alerts.js';
import type { QueryErrorEvent, SlowQueryEvent } from '../alerts/events.js';
import type { ThresholdStore, ThresholdValues } from '../alerts/thresholds.js';
import type { PoolStats } from './pool/pool-stats.js';
import type { QueryMetrics } from './queries/query-metrics.js';
import type { Window } from './queries/windows.js';
import type { CacheCounts } from './response-cache/type.js';

type Soon<T> = T | Promise<T>;

/** What monitoring says of the whole gateway, whether it is one process or several on one port. */
export interface Figures {
  window(windowMs: number): Soon<Window>;
  /** Newest first. */
  listSlow(): Soon<SlowQueryEvent[]>;
  /** Newest first. */
  listErrors(): Soon<QueryErrorEvent[]>;
  pool(): Soon<PoolStats>;
  cacheCounts(): Soon<CacheCounts>;
  replicas(): Soon<ReplicasStatus>;
  /** Newest first. */
  listAlerts(): Soon<AlertRecord[]>;
  /** @throws GatewayError BAD_USER_INPUT; then none is changed. */
  setThresholds(changes: Parameters<ThresholdStore['set']>[0]): Soon<ThresholdValues>;
  clearQueries(): Soon<void>;
}

export interface OwnFiguresOptions {
  readonly queries: QueryMetrics;
  readonly pool: () => PoolStats;
  readonly cacheCounts: () => CacheCounts;
  readonly replicas: () => ReplicasStatus;
  readonly alerts: AlertBook;
  readonly thresholds: ThresholdStore;
}

/** The figures of this process. */
export function ownFigures(options: OwnFiguresOptions): Figures {
  const { queries, pool, cacheCounts, replicas, alerts, thresholds } = options;
  return {
    window: (windowMs) => queries.read(windowMs),
    listSlow: () => queries.listSlow(),
    listErrors: () => queries.listErrors(),
    pool,
    cacheCounts,
    replicas,
    listAlerts: () => alerts.list(),
    setThresholds: (changes) => thresholds.set(changes),
    clearQueries: () => queries.clear(),
  };
}
