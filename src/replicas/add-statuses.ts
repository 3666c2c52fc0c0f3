import type { ReplicaStatus, ReplicasStatus } from './replica-status.js';

/** What several processes say of the same replicas: reads are added up, the rest is of the one for which a replica is worst. */
export function addStatuses(statuses: readonly ReplicasStatus[]): ReplicasStatus {
  const byName = new Map<string, ReplicaStatus>();
  for (const status of statuses.flatMap(({ replicas }) => replicas)) {
    const before = byName.get(status.name);
    byName.set(status.name, before ? addStatus(before, status) : status);
  }
  const reads = statuses.flatMap(({ primaryReads }) => primaryReads ?? []);
  return {
    replicas: [...byName.values()],
    primaryReads: reads.length === 0 ? null : reads.reduce((sum, count) => sum + count),
  };
}

function addStatus(one: ReplicaStatus, other: ReplicaStatus): ReplicaStatus {
  const worse = isWorse(other, one) ? other : one;
  return {
    ...worse,
    answered: one.answered + other.answered,
    discarded: one.discarded + other.discarded,
    failed: one.failed + other.failed,
  };
}

function isWorse(one: ReplicaStatus, other: ReplicaStatus): boolean {
  if (one.isEligible !== other.isEligible) return other.isEligible;
  return (one.lagBytes ?? 0) > (other.lagBytes ?? 0);
}
