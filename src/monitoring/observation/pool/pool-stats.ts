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

/** The properties read from a `pg.Pool`, declared here so that the package's public types do not depend on `pg`. */
interface Counted {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max: number };
}

/** Reads in-process counters only; no SQL. */
export function poolStats(pool: Counted, waitingInBulkhead = 0): PoolStats {
  const { totalCount: total, idleCount: idle, waitingCount } = pool;
  const waiting = waitingCount + waitingInBulkhead;
  const max = pool.options.max;
  const active = total - idle;
  return { total, idle, active, waiting, utilization: (active / max) * 100, max };
}

/** Whether utilization reached the threshold (percent). A pool with one connection counts only when queries wait. */
export function isPressed({ utilization, waiting, max }: PoolStats, threshold: number): boolean {
  return utilization >= threshold && (max > 1 || waiting > 0);
}
