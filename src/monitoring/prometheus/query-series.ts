import type { Registry } from 'prom-client';
import type { PoolStats } from '../pool/pool-stats.js';
import type { QueryMetrics } from '../queries/query-metrics.js';
import { known, type Series, show } from './series.js';

/** What the quantiles are taken over. */
const windowMs = 300_000;

/** The gateway's queries and its pool. */
export function showQueries(registry: Registry, queries: QueryMetrics, pool: () => PoolStats): void {
  show(registry, {
    name: 'db_query_duration_seconds',
    help: 'Seconds that queries took, with the wait for a connection. The quantiles are those of the last 5 minutes, and absent without queries.',
    type: 'summary',
    read: () => {
      const { all } = queries.read(windowMs);
      const totals = queries.totals();
      const quantiles = [0.5, 0.95, 0.99].flatMap((quantile): Series[] =>
        known(all.quantile(quantile)).map(({ value }) => ({
          value: value / 1000,
          labels: { quantile: String(quantile) },
        })),
      );
      return [
        ...quantiles,
        { value: totals.seconds, suffix: '_sum' },
        { value: totals.queries, suffix: '_count' },
      ];
    },
  });
  const count = (name: string, help: string, read: () => number) =>
    show(registry, { name, help, type: 'counter', read: () => [{ value: read() }] });
  count('db_query_total', 'Queries that ended, failed ones too.', () => queries.totals().queries);
  count('db_query_errors_total', 'Queries that failed.', () => queries.totals().errors);
  count(
    'db_slow_queries_total',
    'Queries that took longer than the threshold of slow queries.',
    () => queries.totals().slow,
  );
  show(registry, {
    name: 'db_pool_connections',
    help: "The gateway's connections for analytics: open (total), of these idle and active; and queries waiting for one.",
    type: 'gauge',
    read: () => {
      const stats = pool();
      return (['total', 'idle', 'active', 'waiting'] as const).map((state) => ({
        value: stats[state],
        labels: { state },
      }));
    },
  });
  show(registry, {
    name: 'db_pool_connections_max',
    help: "How many connections the gateway's pool may open.",
    type: 'gauge',
    read: () => [{ value: pool().max }],
  });
}
