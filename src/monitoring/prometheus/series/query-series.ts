import type { Registry } from 'prom-client';
import type { PoolStats } from '../../observation/pool/pool-stats.js';
import type { QueryMetrics } from '../../observation/queries/query-metrics.js';
import type { Tally } from '../../observation/queries/tally.js';
import { type MetricSample, registerMetric, unlabelled } from './series.js';

/** Window of the quantiles. */
export const quantileWindowMs = 300_000;
/** The metric that has quantiles. */
export const durationsName = 'db_query_duration_seconds';

/** Metrics of the gateway's queries and connection pool. */
export function registerQueryMetrics(registry: Registry, queries: QueryMetrics, pool: () => PoolStats): void {
  registerMetric(registry, {
    name: durationsName,
    help: 'Query durations in seconds, including the wait for a connection. Quantiles cover the last 5 minutes and are absent without queries.',
    type: 'summary',
    read: () => {
      const { all } = queries.read(quantileWindowMs);
      const totals = queries.totals();
      return [
        ...quantilesOf(all),
        { value: totals.seconds, suffix: '_sum' },
        { value: totals.queries, suffix: '_count' },
      ];
    },
  });
  const count = (name: string, help: string, read: () => number) =>
    registerMetric(registry, { name, help, type: 'counter', read: () => [{ value: read() }] });
  count('db_query_total', 'Finished queries, including failed ones.', () => queries.totals().queries);
  count('db_query_errors_total', 'Failed queries.', () => queries.totals().errors);
  count(
    'db_slow_queries_total',
    'Queries slower than the slow query threshold.',
    () => queries.totals().slow,
  );
  registerMetric(registry, {
    name: 'db_pool_connections',
    help: "Connections of the gateway's analytics pool: total, idle, active; and queries waiting for one.",
    type: 'gauge',
    read: () => {
      const stats = pool();
      return (['total', 'idle', 'active', 'waiting'] as const).map((state) => ({
        value: stats[state],
        labels: { state },
      }));
    },
  });
  registerMetric(registry, {
    name: 'db_pool_connections_max',
    help: "Maximum size of the gateway's analytics pool.",
    type: 'gauge',
    read: () => [{ value: pool().max }],
  });
}

/** In seconds; none without queries. */
export function quantilesOf(tally: Tally): MetricSample[] {
  return [0.5, 0.95, 0.99].flatMap((quantile) =>
    unlabelled(tally.quantile(quantile)).map(({ value }) => ({
      value: value / 1000,
      labels: { quantile: String(quantile) },
    })),
  );
}
