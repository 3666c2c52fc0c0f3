import type { IncomingMessage } from 'node:http';
import type { Viewer } from '../../auth/viewer.js';
import type { Tier } from '../../config/limits.js';
import { createConcurrencyLimit } from '../../limits/rate/concurrency-limit.js';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import {
  type Budget,
  createRateLimiter,
  type RateLimiter,
  type RateLimits,
} from '../../limits/rate/rate-limiter.js';
import type { ClientNames } from '../requests/headers/client-names.js';

/** What is taken for work that no operation has a price for, in units of cost. */
export const requestUnits = {
  /** A cached or in-flight answer, or a 304. */
  kept: 1,
  /** Reading a request that is not answered from what is kept. */
  read: 10,
} as const;

/** How many wrong credentials of one network are answered: so many at once, and so many a second from then on. */
const failedLoginLimits: RateLimits = Object.freeze({ rate: 10, burst: 1_000 });

/** How many signatures of one network are checked at a time, and how many checks may wait for their turn. */
const checkLimits = { atOnce: 2, maxWaiting: 100 } as const;
/** After how long a check that was refused may come again, in milliseconds. */
const checkAgainMs = 1_000;

export interface RateGateOptions {
  readonly limits: Readonly<Record<Tier, RateLimits>>;
  readonly clients: ClientNames;
  readonly elapsedMs: () => number;
  /** Lets the budgets follow what other processes on the same port give; nobody else does unless set. */
  readonly share?: ((limiter: RateLimiter) => RateLimiter) | undefined;
}

/** Says who has asked for too much: by key or address for those who signed in, by network for all others. */
export interface RateGate {
  /** The budget of the network that a request came from. */
  ofNetwork(request: IncomingMessage): Budget;
  ofViewer(viewer: Viewer, request: IncomingMessage): Budget;
  /** The budget that failed logins of a network are taken from; nothing else is. */
  ofFailedLogins(request: IncomingMessage): Budget;
  /**
   * Runs the check of a signature, when it is the turn of the network that the request came from.
   * @throws RateLimited when too many of its checks are waiting.
   */
  check<Result>(request: IncomingMessage, check: () => Promise<Result>): Promise<Result>;
  /** @returns 0, or how many milliseconds too early the request came. */
  take(budget: Budget, units: number): number;
  /** @throws RateLimited */
  spend(budget: Budget, units: number): void;
}

export function createRateGate({ limits, clients, elapsedMs, share }: RateGateOptions): RateGate {
  const own = createRateLimiter({ elapsedMs });
  const limiter = share ? share(own) : own;
  const checks = createConcurrencyLimit({ ...checkLimits, refuse: () => new RateLimited(checkAgainMs) });
  return {
    ofNetwork: (request) => limiter.budgetOf(clients.ofNetwork(request), limits.public),
    ofViewer: (viewer, request) => limiter.budgetOf(clients.ofViewer(viewer, request), limits[viewer.kind]),
    ofFailedLogins: (request) => limiter.budgetOf(`login ${clients.ofNetwork(request)}`, failedLoginLimits),
    check: (request, check) => checks(clients.ofNetwork(request), check),
    take: (budget, units) => limiter.take(budget, units),
    spend(budget, units) {
      const excessMs = limiter.take(budget, units);
      if (excessMs > 0) throw new RateLimited(excessMs);
    },
  };
}
