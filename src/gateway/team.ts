import type { ShownElsewhere } from '../cache/shown-elsewhere.js';
import type { RateLimiter } from '../limits/rate/rate-limiter.js';
import type { AlertBook } from '../monitoring/alerts/alerts.js';
import type { ThresholdStore } from '../monitoring/alerts/thresholds.js';
import type { Observation, OwnObservation } from '../monitoring/observation/observe.js';

/** The other processes that answer on the same port, as one of them sees them. */
export interface Team {
  /** @param silentMs how long ago the ledger was last read */
  shownElsewhere(silentMs: () => number): ShownElsewhere;
  /** The alerts and thresholds of all. */
  readonly shared: { readonly alerts: AlertBook; readonly thresholds: ThresholdStore };
  /** Lets budgets follow what the others give to the same clients. */
  shareSpending(limiter: RateLimiter): RateLimiter;
  /** Calls `begin` once this process is the one that does what only one of them has to do. */
  whenLeading(begin: () => void): void;
  /** An observation that says what all of them have seen. */
  addUp(own: OwnObservation): Observation;
}
