import type { Registry } from 'prom-client';
import { type Series, show } from './series.js';

/** In seconds: from what comes out of memory to what runs into the time limit. */
const limits = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Durations {
  readonly route: string;
  readonly status: string;
  /** One more than there are limits: what exceeds them all. */
  readonly counts: number[];
  seconds: number;
}

/**
 * Counts durations by route and class of status. The library's own histogram builds a key of the labels at every
 * call, which is a good part of what an answer from memory costs.
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
    show(registry, {
      name: 'gateway_request_duration_seconds',
      help: 'Seconds from the head of a request to the end of its answer.',
      type: 'histogram',
      read: () =>
        [...this.#byRoute.values()].flatMap((kinds) => kinds.flatMap((each) => (each ? seriesOf(each) : []))),
    });
  }
}

function seriesOf({ route, status, counts, seconds }: Durations): Series[] {
  const labels = { route, status };
  let sum = 0;
  const buckets = counts.map((count, index): Series => {
    sum += count;
    const le = index < limits.length ? String(limits[index]) : '+Inf';
    return { value: sum, labels: { le, ...labels }, suffix: '_bucket' };
  });
  return [...buckets, { value: seconds, labels, suffix: '_sum' }, { value: sum, labels, suffix: '_count' }];
}
