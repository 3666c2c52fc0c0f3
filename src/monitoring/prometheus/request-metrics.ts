import type { Registry } from 'prom-client';
import { type ErrorCode, errorTable } from '../../errors.js';
import { RequestDurations } from './durations.js';
import { show } from './series.js';

/** The code of an error, or `OVERLOAD` for what was refused unread because there was no room. */
export type RefusalReason = ErrorCode | 'OVERLOAD';

/** Counts what the HTTP server did. */
export interface RequestMetrics {
  /** `route` is one of the server's own, never a path that somebody made up. */
  answered(route: string, status: number, durationMs: number): void;
  /** To be called for each request that was refused; what failed is no refusal and is not counted. */
  rejected(reason: RefusalReason): void;
}

const refusals = ([...Object.keys(errorTable), 'OVERLOAD'] as RefusalReason[]).filter(
  (code) => code !== 'INTERNAL_SERVER_ERROR' && code !== 'TIMEOUT',
);

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const durations = new RequestDurations();
  durations.showIn(registry);
  // All reasons are there from the start: a rate needs a zero to rise from.
  const counts = new Map<RefusalReason, number>(refusals.map((code) => [code, 0]));
  show(registry, {
    name: 'gateway_rejected_total',
    help: 'Requests that were refused, by the code of the error in lower case.',
    type: 'counter',
    read: () => [...counts].map(([code, value]) => ({ value, labels: { reason: code.toLowerCase() } })),
  });
  return {
    answered: (route, status, durationMs) => durations.add(route, status, durationMs),
    rejected(reason) {
      const count = counts.get(reason);
      if (count !== undefined) counts.set(reason, count + 1);
    },
  };
}
