import { Histogram, type Registry } from 'prom-client';
import { type ErrorCode, errorTable } from '../../errors.js';
import { show } from './series.js';

/** Counts what the HTTP server did. */
export interface RequestMetrics {
  /** `route` is one of the server's own, never a path that somebody made up. */
  answered(route: string, status: number, durationMs: number): void;
  /** To be called for each request that was refused. */
  rejected(code: ErrorCode): void;
}

/** In seconds: from what comes out of memory to what runs into the time limit. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is somebody's own fault or more than they may; what failed is no refusal. */
const refusals: readonly ErrorCode[] = (Object.keys(errorTable) as ErrorCode[]).filter(
  (code) => code !== 'INTERNAL_SERVER_ERROR' && code !== 'TIMEOUT',
);

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const durations = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Seconds from the head of a request to the end of its answer.',
    labelNames: ['route', 'status'],
    buckets,
    registers: [registry],
  });
  const counts = new Map(refusals.map((code) => [code, 0]));
  show(registry, {
    name: 'gateway_rejected_total',
    help: 'Requests that were refused, by the code of the error in lower case.',
    type: 'counter',
    read: () => [...counts].map(([code, value]) => ({ value, labels: { reason: code.toLowerCase() } })),
  });
  return {
    answered: (route, status, durationMs) =>
      durations.observe({ route, status: `${Math.floor(status / 100)}xx` }, durationMs / 1000),
    rejected(code) {
      const count = counts.get(code);
      if (count !== undefined) counts.set(code, count + 1);
    },
  };
}
