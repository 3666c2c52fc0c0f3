import type { Registry } from 'prom-client';
import { viewNames } from '../../../catalogue/index.js';
import type { Sampler } from '../sampler.js';
import { registerMetric, unlabelled } from './series.js';

/** What `verify` compares, by the names that it counts under. */
const parts = [...viewNames, 'series', 'statements', 'charts'];

/** Metrics of the last verification, by the schedule of any gateway or by the command. */
export function registerVerificationMetrics(registry: Registry, sampler: Sampler): void {
  const last = () => sampler.current()?.verification ?? null;
  registerMetric(registry, {
    name: 'db_verification_last_run_timestamp_seconds',
    help: 'Start of the last verification, in seconds since the epoch.',
    type: 'gauge',
    read: () => {
      const verification = last();
      return unlabelled(verification && Date.parse(verification.ranAt) / 1000);
    },
  });
  registerMetric(registry, {
    name: 'db_verification_completed',
    help: 'Whether the last verification ran to its end: 1 or 0.',
    type: 'gauge',
    read: () => {
      const verification = last();
      return unlabelled(verification && (verification.error === null ? 1 : 0));
    },
  });
  registerMetric(registry, {
    name: 'db_verification_differences',
    help: 'Rows of a view, or of series, statements and charts, that the last verification found wrong; absent if it failed.',
    type: 'gauge',
    read: () => {
      const found = last()?.differences;
      if (!found) return [];
      return parts.map((view) => ({
        value: found.find((difference) => difference.view === view)?.rows ?? 0,
        labels: { view },
      }));
    },
  });
  registerMetric(registry, {
    name: 'db_verification_bypasses',
    help: 'Ways in which plays slip past the refresh, found by the last verification; absent if it failed.',
    type: 'gauge',
    read: () => unlabelled(last()?.bypasses?.length),
  });
  registerMetric(registry, {
    name: 'db_verification_failures_total',
    help: 'Verifications that failed, from all gateways.',
    type: 'counter',
    read: () => {
      const sample = sampler.current();
      return unlabelled(sample && (sample.verification?.failures ?? 0));
    },
  });
}
