/** The connections of a pool at one moment. */
export interface PoolStats {
  /** Open, in use or not. */
  readonly total: number;
  readonly idle: number;
  readonly active: number;
  /** Queries that wait for a connection. */
  readonly waiting: number;
  /** How much of what the pool may open is in use, in percent. */
  readonly utilization: number;
  /** How many connections the pool may open. */
  readonly max: number;
}

/** What is read of a pool. The driver's types stay out of what a program that embeds the gateway has to compile. */
interface Counted {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** Costs nothing but reading a few numbers of this process. */
export function poolStats(pool: Counted, waitingForTurn = 0): PoolStats {
  const { totalCount: total, idleCount: idle, waitingCount } = pool;
  const waiting = waitingCount + waitingForTurn;
  const max = pool.options.max;
  const active = total - idle;
  return { total, idle, active, waiting, utilization: (active / max) * 100, max };
}

/** Whether more is in use than a threshold in percent allows. A pool of one is meant to be used whole. */
export function isPressed({ utilization, waiting, max }: PoolStats, threshold: number): boolean {
  return utilization >= threshold && (max > 1 || waiting > 0);
}
