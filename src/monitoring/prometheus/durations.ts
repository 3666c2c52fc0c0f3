import type { Registry } from 'prom-client';
import { type MetricSample, registerMetric } from './series/series.js';

/** Bucket limits in seconds, from cache hits to the request time limit. */
const limits = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Durations {
  readonly route: string;
  readonly status: string;
  /** One count per limit, plus one for everything above. */
  readonly counts: number[];
  seconds: number;
}

/**
 * A histogram of request durations by route and status class. prom-client's histogram builds a label key on every
 * observation, which is a considerable part of the cost of a cache hit.
 */
export class RequestDurations {
  readonly #byRoute = new Map<string, (Durations | undefined)[]>();

  add(route: string, status: number, durationMs: number): void {
    const kind = Math.floor(status / 100);
    let kinds = this.#byRoute.get(route);
    if (!kinds) {
      kinds = [];
      this.#byRoute.set(route, kinds);
    }
    kinds[kind] ??= { route, status: `${kind}xx`, counts: limits.map(() => 0).concat(0), seconds: 0 };
    const durations = kinds[kind];
    const seconds = durationMs / 1000;
    durations.seconds += seconds;
    let bucket = 0;
    while (seconds > (limits[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    durations.counts[bucket] = (durations.counts[bucket] as number) + 1;
  }

  showIn(registry: Registry): void {
    registerMetric(registry, {
      name: 'gateway_request_duration_seconds',
      help: 'Seconds from the request headers to the end of the response.',
      type: 'histogram',
      read: () =>
        [...this.#byRoute.values()].flatMap((kinds) => kinds.flatMap((each) => (each ? seriesOf(each) : []))),
    });
  }
}

function seriesOf({ route, status, counts, seconds }: Durations): MetricSample[] {
  const labels = { route, status };
  let sum = 0;
  const buckets = counts.map((count, index): MetricSample => {
    sum += count;
    const le = index < limits.length ? String(limits[index]) : '+Inf';
    return { value: sum, labels: { le, ...labels }, suffix: '_bucket' };
  });
  return [...buckets, { value: seconds, labels, suffix: '_sum' }, { value: sum, labels, suffix: '_count' }];
}
