import { collectDefaultMetrics, Registry } from 'prom-client';
import type { PurgeCounts } from '../../edge/purger.js';
import type { ReplicasStatus } from '../../replicas/replica-status.js';
import type { Generation } from '../../views/freshness.js';
import type { DeliveryCounts } from '../alerts/webhooks/reports.js';
import type { PoolStats } from '../observation/pool/pool-stats.js';
import type { QueryMetrics } from '../observation/queries/query-metrics.js';
import type { CacheCounts } from '../observation/response-cache/type.js';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.js';
import type { Sampler } from './sampler.js';
import { registerDatabaseMetrics } from './series/database-series.js';
import { registerDeliveryMetric } from './series/delivery-series.js';
import { quantileWindowMs, registerQueryMetrics } from './series/query-series.js';
import { registerReplicaMetrics } from './series/replica-series.js';
import { registerMetric } from './series/series.js';
import { registerVerificationMetrics } from './series/verification-series.js';
import { registerViewMetrics } from './series/view-series.js';
import { type MetricsReport, snapshotOf, textOf } from './snapshot.js';

export interface ExpositionOptions {
  readonly queries: QueryMetrics;
  readonly pool: () => PoolStats;
  readonly sampler: Sampler;
  readonly generation: () => Generation | null;
  readonly cacheCounts: () => CacheCounts;
  readonly purgeCounts: () => PurgeCounts;
  readonly deliveryCounts: () => DeliveryCounts;
  readonly replicas: () => ReplicasStatus;
}

/** Metrics in the Prometheus text format. They contain aggregates only and are public. */
export interface Exposition {
  readonly contentType: string;
  readonly requests: RequestMetrics;
  /** All metrics: database, gateway and process. */
  all(): Promise<string>;
  /** Database metrics only. */
  database(): Promise<string>;
}

/** The exposition of one process, which may be one of several. */
export interface OwnExposition extends Exposition {
  /** The values as they are now, for a process that adds up those of several. */
  report(): Promise<MetricsReport>;
}

/** Node.js metrics are per process, even with several gateways in it, so they are collected once. */
let ofProcess: Registry | undefined;

/** Gauges with counter names, which promtool rejects. The same values exist by type under correct names. */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

export function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
    for (const name of misnamed) ofProcess.removeSingleMetric(name);
  }
  return ofProcess;
}

export function createExposition(options: ExpositionOptions): OwnExposition {
  const queries = new Registry();
  const database = new Registry();
  const gateway = new Registry();
  registerQueryMetrics(queries, options.queries, options.pool);
  registerDatabaseMetrics(database, options.sampler);
  registerViewMetrics(database, options.generation, options.sampler);
  registerVerificationMetrics(database, options.sampler);
  registerMetric(gateway, {
    name: 'gateway_cache_requests_total',
    help: 'Cacheable requests by result: hit, miss, revalidated, or stale while the database is unavailable.',
    type: 'counter',
    read: () => {
      const { hits: hit, misses: miss, revalidated, stale } = options.cacheCounts();
      return Object.entries({ hit, miss, revalidated, stale }).map(([result, value]) => ({
        value,
        labels: { result },
      }));
    },
  });
  registerMetric(gateway, {
    name: 'gateway_cache_bytes',
    help: 'Estimated memory of cached responses in bytes.',
    type: 'gauge',
    read: () => [{ value: options.cacheCounts().bytes }],
  });
  registerMetric(gateway, {
    name: 'gateway_edge_purges_total',
    help: 'Purges of edges by result: done or failed. A failed one is tried again.',
    type: 'counter',
    read: () =>
      Object.entries(options.purgeCounts()).map(([result, value]) => ({ value, labels: { result } })),
  });
  registerDeliveryMetric(gateway, options.deliveryCounts);
  registerReplicaMetrics(gateway, options.replicas);
  return {
    contentType: database.contentType,
    requests: createRequestMetrics(gateway),
    all: () => textOf([queries, database, gateway, processRegistry()]),
    database: () => textOf([queries, database]),
    report: async () => ({
      queries: await snapshotOf(queries),
      database: await snapshotOf(database),
      gateway: await snapshotOf(gateway),
      process: await snapshotOf(processRegistry()),
      durations: options.queries.read(quantileWindowMs).all.pack(),
    }),
  };
}
