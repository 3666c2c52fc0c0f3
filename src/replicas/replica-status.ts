/** What monitoring says of a replica. */
export interface ReplicaStatus {
  readonly name: string;
  readonly isEligible: boolean;
  /** Why it is not read from; null while it is. */
  readonly reason: string | null;
  /** The refresh that it showed when it was last reached. */
  readonly generation: number | null;
  readonly lagSeconds: number | null;
  readonly lagBytes: number | null;
  readonly lookedAt: Date | null;
  readonly answered: number;
  readonly discarded: number;
  readonly failed: number;
}

/** All replicas, and what was read from the primary beside them. */
export interface ReplicasStatus {
  readonly replicas: readonly ReplicaStatus[];
  /** Reads that the primary answered although there are replicas; null without replicas. */
  readonly primaryReads: number | null;
}

export const withoutReplicas: ReplicasStatus = { replicas: [], primaryReads: null };
