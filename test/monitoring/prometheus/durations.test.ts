import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { RequestDurations } from '../../../src/monitoring/prometheus/durations.js';

describe('The histogram of requests', () => {
  it("says the same as the library's own", async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const durations = new RequestDurations();
    durations.showIn(ours);
    const histogram = new Histogram({
      name: 'gateway_request_duration_seconds',
      help: 'Seconds from the request headers to the end of the response.',
      labelNames: ['route', 'status'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [theirs],
    });
    for (const [route, status] of [
      ['/graphql', 200],
      ['/graphql', 404],
      ['/metrics', 200],
    ] as const)
      for (const ms of [0, 0.4, 0.5, 0.6, 1, 99, 100, 101, 9_999, 10_000, 50_000]) {
        durations.add(route, status, ms);
        histogram.observe({ route, status: `${status / 100 - ((status / 100) % 1)}xx` }, ms / 1000);
      }
    const linesOf = async (registry: Registry) => (await registry.metrics()).trim().split('\n').sort();
    expect(await linesOf(ours)).toEqual(await linesOf(theirs));
    expect((await linesOf(ours)).length).toBe(2 + 3 * 17);
  });
});
