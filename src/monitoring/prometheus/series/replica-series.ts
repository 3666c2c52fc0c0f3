import type { Registry } from 'prom-client';
import type { ReplicaStatus, ReplicasStatus } from '../../../replicas/replica-status.js';
import { type MetricSample, registerMetric, unlabelled } from './series.js';

/** Metrics of read replicas; no lines without them. */
export function registerReplicaMetrics(registry: Registry, status: () => ReplicasStatus): void {
  const perReplica = (name: string, help: string, read: (replica: ReplicaStatus) => number | null) =>
    registerMetric(registry, {
      name,
      help,
      type: 'gauge',
      read: () =>
        status().replicas.flatMap((replica): MetricSample[] => {
          const value = read(replica);
          return value === null ? [] : [{ value, labels: { replica: replica.name } }];
        }),
    });
  perReplica('gateway_replica_eligible', 'Whether public reads go to a replica: 1 or 0.', (replica) =>
    replica.isEligible ? 1 : 0,
  );
  perReplica(
    'gateway_replica_lag_seconds',
    'Age of the last transaction that a replica applied, in seconds; 0 if it has applied everything.',
    (replica) => replica.lagSeconds,
  );
  perReplica(
    'gateway_replica_lag_bytes',
    'Write-ahead log that a replica has not applied, in bytes.',
    (replica) => replica.lagBytes,
  );
  registerMetric(registry, {
    name: 'gateway_replica_reads_total',
    help: 'Reads of a replica by outcome: answered, discarded (of another refresh, or without a row), failed. The last two were asked again elsewhere.',
    type: 'counter',
    read: () =>
      status().replicas.flatMap(({ name: replica, answered, discarded, failed }) =>
        Object.entries({ answered, discarded, failed }).map(([outcome, value]) => ({
          value,
          labels: { replica, outcome },
        })),
      ),
  });
  registerMetric(registry, {
    name: 'gateway_primary_reads_total',
    help: 'Reads that the primary answered although there are replicas.',
    type: 'counter',
    read: () => unlabelled(status().primaryReads),
  });
}
