import type { Budget, RateLimiter, RateLimits } from './rate-limiter.js';

/** What a client was given by one process since it last said so. */
export interface Spending extends RateLimits {
  readonly subject: string;
  readonly units: number;
}

/** A limiter whose budgets are spent in several processes. */
export interface SharedLimiter extends RateLimiter {
  /** What was given since the last call. */
  takeSpendings(): Spending[];
  /** Takes what others have given out of the budgets here. */
  debitSpendings(spendings: readonly Spending[]): void;
}

/** Follows what is given, so that other processes can be told. */
export function shareLimiter(limiter: RateLimiter): SharedLimiter {
  const owners = new WeakMap<Budget, RateLimits & { readonly subject: string }>();
  const spent = new Map<Budget, number>();
  return {
    budgetOf(subject, limits) {
      const budget = limiter.budgetOf(subject, limits);
      if (!owners.has(budget)) owners.set(budget, { subject, rate: limits.rate, burst: limits.burst });
      return budget;
    },
    take(budget, units) {
      const excessMs = limiter.take(budget, units);
      if (excessMs <= 0) spent.set(budget, (spent.get(budget) ?? 0) + units);
      return excessMs;
    },
    debit: limiter.debit,
    get size() {
      return limiter.size;
    },
    takeSpendings() {
      const spendings = [...spent].flatMap(([budget, units]) => {
        const owner = owners.get(budget);
        return owner ? [{ ...owner, units }] : [];
      });
      spent.clear();
      return spendings;
    },
    debitSpendings(spendings) {
      for (const { subject, units, ...limits } of spendings)
        limiter.debit(limiter.budgetOf(subject, limits), units);
    },
  };
}
