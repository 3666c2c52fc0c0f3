import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Generation } from '../../views/freshness.js';
import type { PoolStats } from '../pool/pool-stats.js';
import type { QueryMetrics } from '../queries/query-metrics.js';
import type { CacheCounts } from '../response-cache/type.js';
import { showDatabase } from './database-series.js';
import { showQueries } from './query-series.js';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.js';
import type { Sampler } from './sampler.js';
import { show } from './series.js';
import { showViews } from './view-series.js';

export interface ExpositionOptions {
  readonly queries: QueryMetrics;
  readonly pool: () => PoolStats;
  readonly sampler: Sampler;
  readonly generation: () => Generation | null;
  readonly cacheCounts: () => CacheCounts;
}

/** Everything in the text format of Prometheus. It holds sums and no secret, so everybody may read it. */
export interface Exposition {
  readonly contentType: string;
  readonly requests: RequestMetrics;
  /** The database, the gateway and the process. */
  all(): Promise<string>;
  /** What is about the database alone. */
  database(): Promise<string>;
}

/** Node's own numbers are the process's, however many gateways it holds; each of their observers is made once. */
let ofProcess: Registry | undefined;

/** Gauges that go by the name of a counter, which promtool rightly minds. The same are there by type, well named. */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
    for (const name of misnamed) ofProcess.removeSingleMetric(name);
  }
  return ofProcess;
}

export function createExposition(options: ExpositionOptions): Exposition {
  const database = new Registry();
  const gateway = new Registry();
  showQueries(database, options.queries, options.pool);
  showDatabase(database, options.sampler);
  showViews(database, options.generation, options.sampler);
  show(gateway, {
    name: 'gateway_cache_requests_total',
    help: 'Cacheable requests by how they were answered: hit, miss, revalidated, or stale while the database is away.',
    type: 'counter',
    read: () => {
      const { hits: hit, misses: miss, revalidated, stale } = options.cacheCounts();
      return Object.entries({ hit, miss, revalidated, stale }).map(([result, value]) => ({
        value,
        labels: { result },
      }));
    },
  });
  show(gateway, {
    name: 'gateway_cache_bytes',
    help: 'Bytes of memory that kept answers take, as reckoned.',
    type: 'gauge',
    read: () => [{ value: options.cacheCounts().bytes }],
  });
  return {
    contentType: database.contentType,
    requests: createRequestMetrics(gateway),
    all: async () => {
      const parts = [database, gateway, processRegistry()];
      return (await Promise.all(parts.map((registry) => registry.metrics()))).join('\n');
    },
    database: () => database.metrics(),
  };
}
