import type { Registry } from 'prom-client';
import type { DatabaseSample, RelationSample } from '../database-sample.js';
import type { Sampler } from '../sampler.js';
import { registerMetric, unlabelled } from './series.js';

/** Metrics of the database server. */
export function registerDatabaseMetrics(registry: Registry, sampler: Sampler): void {
  const sampled = (
    name: string,
    help: string,
    read: (sample: DatabaseSample) => number | null,
    type: 'gauge' | 'counter' = 'gauge',
  ) => {
    const series = () => {
      const sample = sampler.current();
      return unlabelled(sample && read(sample));
    };
    registerMetric(registry, { name, help, type, read: series });
  };
  const perRelation = (name: string, help: string, read: (relation: RelationSample) => number) =>
    registerMetric(registry, {
      name,
      help,
      type: 'gauge',
      read: () =>
        (sampler.current()?.relations ?? []).map((relation) => ({
          value: read(relation),
          labels: { relation: relation.relation },
        })),
    });

  registerMetric(registry, {
    name: 'db_up',
    help: 'Whether the last sample of the database succeeded: 1 or 0.',
    type: 'gauge',
    read: () => [{ value: sampler.isUp() ? 1 : 0 }],
  });
  registerMetric(registry, {
    name: 'db_sample_age_seconds',
    help: 'Age of the last database sample in seconds.',
    type: 'gauge',
    read: () => unlabelled(sampler.ageSeconds()),
  });
  sampled(
    'db_cache_hit_ratio',
    'Shared buffer hit ratio since the statistics began, 0 to 1.',
    (sample) => sample.cacheHitRatio,
  );
  sampled('db_size_bytes', 'Size of the database on disk in bytes.', (sample) => sample.sizeBytes);
  sampled('db_connections', 'Connections to the database from all clients.', (sample) => sample.connections);
  sampled('db_connections_max', 'max_connections of the server.', (sample) => sample.maxConnections);
  sampled('db_deadlocks_total', 'Deadlocks in the database.', (sample) => sample.deadlocks, 'counter');
  sampled(
    'db_transactions_rolled_back_total',
    'Rolled back transactions of the database.',
    (sample) => sample.transactionsRolledBack,
    'counter',
  );
  perRelation(
    'db_relation_size_bytes',
    'Size of a table or view without indexes in bytes.',
    (r) => r.sizeBytes,
  );
  perRelation(
    'db_relation_index_bytes',
    'Size of the indexes of a table or view in bytes.',
    (r) => r.indexBytes,
  );
  perRelation('db_relation_live_rows', 'Estimated live rows of a table or view.', (r) => r.liveRows);
  perRelation('db_relation_dead_rows', 'Estimated dead rows of a table or view.', (r) => r.deadRows);
}
