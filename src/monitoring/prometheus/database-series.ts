import type { Registry } from 'prom-client';
import type { DatabaseSample, RelationSample } from './database-sample.js';
import type { Sampler } from './sampler.js';
import { known, show } from './series.js';

/** What the database says of itself. */
export function showDatabase(registry: Registry, sampler: Sampler): void {
  const sampled = (
    name: string,
    help: string,
    read: (sample: DatabaseSample) => number | null,
    type: 'gauge' | 'counter' = 'gauge',
  ) => {
    const series = () => {
      const sample = sampler.current();
      return known(sample && read(sample));
    };
    show(registry, { name, help, type, read: series });
  };
  const perRelation = (name: string, help: string, read: (relation: RelationSample) => number) =>
    show(registry, {
      name,
      help,
      type: 'gauge',
      read: () =>
        (sampler.current()?.relations ?? []).map((relation) => ({
          value: read(relation),
          labels: { relation: relation.relation },
        })),
    });

  show(registry, {
    name: 'db_up',
    help: 'Whether the database answered when it was looked at last: 1 or 0.',
    type: 'gauge',
    read: () => [{ value: sampler.isUp() ? 1 : 0 }],
  });
  show(registry, {
    name: 'db_sample_age_seconds',
    help: 'Seconds since the database was looked at last; what it says of itself is that old.',
    type: 'gauge',
    read: () => known(sampler.ageSeconds()),
  });
  sampled(
    'db_cache_hit_ratio',
    'Share of pages that the database found in its memory since its statistics began, 0 to 1.',
    (sample) => sample.cacheHitRatio,
  );
  sampled('db_size_bytes', 'Bytes that the database takes on disk.', (sample) => sample.sizeBytes);
  sampled('db_connections', 'Connections to the database, of everybody.', (sample) => sample.connections);
  sampled('db_connections_max', 'How many connections the server allows.', (sample) => sample.maxConnections);
  sampled('db_deadlocks_total', 'Deadlocks in the database.', (sample) => sample.deadlocks, 'counter');
  sampled(
    'db_transactions_rolled_back_total',
    'Transactions of the database that were rolled back.',
    (sample) => sample.transactionsRolledBack,
    'counter',
  );
  perRelation('db_relation_size_bytes', 'Bytes of a table or a view, without indexes.', (r) => r.sizeBytes);
  perRelation('db_relation_index_bytes', 'Bytes of the indexes of a table or a view.', (r) => r.indexBytes);
  perRelation('db_relation_live_rows', 'Rows of a table or a view, as estimated.', (r) => r.liveRows);
  perRelation('db_relation_dead_rows', 'Rows that wait for vacuum, as estimated.', (r) => r.deadRows);
}
