import type { PoolCounts } from '../../../database/pool-counts.js';

/** Connection counts of a pool at one moment. */
export interface PoolStats {
  /** Open connections, active and idle. */
  readonly total: number;
  readonly idle: number;
  readonly active: number;
  /** Queries waiting for a connection. */
  readonly waiting: number;
  /** Active connections as a percentage of `max`. */
  readonly utilization: number;
  /** The pool's maximum size. */
  readonly max: number;
}

export function poolStats({ total, idle, waiting }: PoolCounts, max: number): PoolStats {
  const active = total - idle;
  return { total, idle, active, waiting, utilization: (active / max) * 100, max };
}

/** Whether utilization reached the threshold (percent). A pool with one connection counts only when queries wait. */
export function isPressed({ utilization, waiting, max }: PoolStats, threshold: number): boolean {
  return utilization >= threshold && (max > 1 || waiting > 0);
}
