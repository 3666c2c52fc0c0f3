import type { Registry } from 'prom-client';
import { type ErrorCode, errorTable } from '../../errors.js';
import { RequestDurations } from './durations.js';
import { registerMetric } from './series/series.js';

/** An error code, `OVERLOAD` for requests refused by admission control, `UNFINISHED` for connections over their limit. */
export type RefusalReason = ErrorCode | 'OVERLOAD' | 'UNFINISHED';

/** Counts HTTP requests. */
export interface RequestMetrics {
  /** `route` is one of the server's routes, never a path from a request. */
  answered(route: string, status: number, durationMs: number): void;
  /** Call for each refused request; failures are not counted here. */
  rejected(reason: RefusalReason): void;
}

const refusals = ([...Object.keys(errorTable), 'OVERLOAD', 'UNFINISHED'] as RefusalReason[]).filter(
  (code) => code !== 'INTERNAL_SERVER_ERROR' && code !== 'TIMEOUT',
);

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const durations = new RequestDurations();
  durations.showIn(registry);
  // Every reason starts at zero, so that rate() sees the first increase.
  const counts = new Map<RefusalReason, number>(refusals.map((code) => [code, 0]));
  registerMetric(registry, {
    name: 'gateway_rejected_total',
    help: 'Refused requests by error code in lower case.',
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
