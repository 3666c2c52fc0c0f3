import { LRUCache } from 'lru-cache';
import type { Limits } from '../../config/limits.js';

/** What one subject has left to spend: nothing is stored but when it will be full again. */
export interface Budget {
  /** On the clock of the limiter, in milliseconds. */
  fullAtMs: number;
  readonly unitMs: number;
  readonly depthMs: number;
}

export type RateLimits = Pick<Limits, 'rate' | 'burst'>;

export interface RateLimiter {
  /** The budget of a subject; it may be held on to as long as whoever holds it asks for the same subject. */
  budgetOf(subject: string, limits: RateLimits): Budget;
  /**
   * Takes units out of a budget.
   * @returns 0, or how many milliseconds it takes until there would be enough. Nothing is taken then.
   */
  take(budget: Budget, units: number): number;
  /** Takes units that were given elsewhere already, even more than there are: the rest is owed. */
  debit(budget: Budget, units: number): void;
  /** How many subjects are remembered. */
  readonly size: number;
}

export interface RateLimiterOptions {
  /** A clock in milliseconds that never goes back. */
  readonly elapsedMs: () => number;
  /** How many subjects are remembered; the one that asked longest ago is forgotten, and starts with all it may have. */
  readonly maxSubjects?: number;
}

/** Token buckets, one a subject, each a single number that no timer has to look after. */
export function createRateLimiter({ elapsedMs, maxSubjects = 50_000 }: RateLimiterOptions): RateLimiter {
  const budgets = new LRUCache<string, Budget>({ max: maxSubjects });
  return {
    budgetOf(subject, { rate, burst }) {
      let budget = budgets.get(subject);
      if (!budget) {
        const unitMs = 1000 / rate;
        budget = { fullAtMs: Number.NEGATIVE_INFINITY, unitMs, depthMs: burst * unitMs };
        budgets.set(subject, budget);
      }
      return budget;
    },
    take(budget, units) {
      const now = elapsedMs();
      const fullAtMs = Math.max(budget.fullAtMs, now) + units * budget.unitMs;
      const excessMs = fullAtMs - now - budget.depthMs;
      if (excessMs > 0) return excessMs;
      budget.fullAtMs = fullAtMs;
      return 0;
    },
    debit(budget, units) {
      budget.fullAtMs = Math.max(budget.fullAtMs, elapsedMs()) + units * budget.unitMs;
    },
    get size() {
      return budgets.size;
    },
  };
}
