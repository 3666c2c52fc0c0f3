import type { Logger } from 'pino';
import { viewNames } from '../../catalogue/index.js';
import type { Database } from '../../database/database.js';
import type { Reader } from '../../database/reader/reader.js';
import type { PurgeCounts } from '../../edge/purger.js';
import { type ReplicasStatus, withoutReplicas } from '../../replicas/replica-status.js';
import type { Generation } from '../../views/freshness.js';
import { hoursOverdueOf, type PublicationPlan, type ViewFreshness } from '../../views/view-freshness.js';
import type { AlertBook, AlertRecord } from '../alerts/alerts.js';
import type { GatewayEvents } from '../alerts/events.js';
import { keepAlerts } from '../alerts/keep-alerts.js';
import { createSignals } from '../alerts/signals.js';
import { createThresholds, type ThresholdStore } from '../alerts/thresholds.js';
import type { DeliveryCounts } from '../alerts/webhooks/reports.js';
import { createExposition, type Exposition, type OwnExposition } from '../prometheus/exposition.js';
import { startSampler } from '../prometheus/sampler.js';
import { type Figures, ownFigures } from './figures.js';
import { poolStats } from './pool/pool-stats.js';
import { QueryMetrics } from './queries/query-metrics.js';
import { repeat } from './repeat.js';
import type { CacheCounts } from './response-cache/type.js';

export interface ObservationOptions {
  readonly database: Database;
  readonly monitoringPool: Database;
  readonly log: Logger;
  readonly now: () => Date;
  /** A monotonic clock, in milliseconds. */
  readonly elapsedMs: () => number;
  readonly cacheCounts: () => CacheCounts;
  readonly purgeCounts: () => PurgeCounts;
  /** Told of each alert that is raised or recovers. It must return at once. */
  readonly onAlert: (alert: AlertRecord) => void;
  readonly deliveryCounts: () => DeliveryCounts;
  /** Unset where there are no read replicas. */
  readonly replicas?: (() => ReplicasStatus) | undefined;
  /** The generation the views show, as last read; null when there is none, undefined before the first read. */
  readonly generation: () => Generation | null | undefined;
  /** The first instant after another at which a view with a schedule of its own is due; null for other views. */
  readonly nextDue: PublicationPlan['nextDue'];
  /** Reads the freshness of the views through `reader`; a view older than `stalenessHours` is stale. */
  readonly listFreshness: (reader: Reader, stalenessHours: number) => Promise<ViewFreshness[]>;
  /** Kept by the process that is the first of several on one port; a list and thresholds of its own unless set. */
  readonly shared?: { readonly alerts: AlertBook; readonly thresholds: ThresholdStore } | undefined;
}

/** Metrics, events and alerts of one gateway. */
export interface Observation {
  readonly events: GatewayEvents;
  readonly thresholds: ThresholdStore;
  readonly queries: QueryMetrics;
  readonly exposition: Exposition;
  /** What operators see. */
  readonly figures: Figures;
  readonly listFreshness: (reader: Reader) => Promise<ViewFreshness[]>;
  /**
   * Starts the database sampler and the checks of what all gateways share, once the database is ready. The pool is checked
   * from the beginning.
   */
  start(): void;
  stop(): Promise<void>;
}

/** An observation of one process, which may be one of several. */
export interface OwnObservation extends Observation {
  readonly exposition: OwnExposition;
}

/** Interval between checks of the pool and of the views' age, in milliseconds. */
const checkIntervalMs = 2_000;

/** Creates all parts of monitoring that live as long as the gateway. */
export function observe(options: ObservationOptions): OwnObservation {
  const { database, monitoringPool, log, now, elapsedMs, cacheCounts } = options;
  const { thresholds, alerts } = options.shared ?? {
    thresholds: createThresholds(),
    alerts: keepAlerts({ log, now, onAlert: options.onAlert }),
  };
  const signals = createSignals({ log, thresholds, alerts });
  const queries = new QueryMetrics({
    thresholds,
    elapsedMs,
    onSlow: signals.slowQuery,
    onError: signals.queryError,
  });
  const observer = queries.observe.bind(queries);
  for (const each of new Set([database, monitoringPool])) each.observers.add(observer);

  const replicas = options.replicas ?? (() => withoutReplicas);
  const pool = () => poolStats(database.poolCounts(), database.maxConnections);
  const check = () => {
    signals.pool(pool());
    const generation = options.generation();
    if (generation !== undefined && watchesViews)
      signals.views({ hoursOld: hoursOverdue(generation, now(), options) });
    const verification = sampler?.current()?.verification;
    if (verification) signals.verification(verification);
    alerts.settle();
  };
  let sampler: ReturnType<typeof startSampler> | null = null;
  let watchesViews = options.shared === undefined;
  const checks = repeat(check, checkIntervalMs, (error) =>
    log.error({ err: error }, 'the checks of pool and views failed'),
  );

  return {
    events: signals.events,
    thresholds,
    queries,
    figures: ownFigures({ queries, pool, cacheCounts, replicas, alerts, thresholds }),
    listFreshness: (through) => options.listFreshness(through, thresholds.current().viewStalenessHours),
    exposition: createExposition({
      queries,
      pool,
      cacheCounts,
      purgeCounts: options.purgeCounts,
      deliveryCounts: options.deliveryCounts,
      replicas,
      generation: () => options.generation() ?? null,
      sampler: {
        current: () => sampler?.current() ?? null,
        ageSeconds: () => sampler?.ageSeconds() ?? null,
        isUp: () => sampler?.isUp() ?? false,
        stop: async () => {},
      },
    }),
    start() {
      watchesViews = true;
      sampler ??= startSampler({
        reader: monitoringPool.reader,
        elapsedMs,
        onFailure: (error) => log.debug({ err: error }, 'sampling the database failed'),
      });
    },
    async stop() {
      for (const each of [database, monitoringPool]) each.observers.delete(observer);
      await Promise.all([checks.stop(), sampler?.stop()]);
    },
  };
}

/** Of the view that is overdue longest; null when the views were never filled. */
function hoursOverdue(
  generation: Generation | null,
  now: Date,
  plan: Pick<PublicationPlan, 'nextDue'>,
): number | null {
  return generation && Math.max(...viewNames.map((view) => hoursOverdueOf(generation, view, now, plan) ?? 0));
}
