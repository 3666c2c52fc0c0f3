import type { Registry } from 'prom-client';
import { viewNames } from '../../../catalogue/index.js';
import type { ViewName } from '../../../catalogue/view.js';
import { asOfView, type Generation } from '../../../views/freshness.js';
import type { Sampler } from '../sampler.js';
import { registerMetric } from './series.js';

/** The value for a view; null or undefined if unknown. */
type PerView = (view: ViewName) => number | null | undefined;

/** Metrics of the views, as of the latest refresh this gateway knows. */
export function registerViewMetrics(
  registry: Registry,
  current: () => Generation | null,
  sampler: Sampler,
): void {
  const perView = (name: string, help: string, type: 'gauge' | 'counter', find: () => PerView) =>
    registerMetric(registry, {
      name,
      help,
      type,
      read: () => {
        const read = find();
        return viewNames.flatMap((view) => {
          const value = read(view);
          return value === null || value === undefined ? [] : [{ value, labels: { view } }];
        });
      },
    });
  perView(
    'db_matview_last_refresh_timestamp_seconds',
    'As-of instant of a view, in seconds since the epoch.',
    'gauge',
    () => {
      const generation = current();
      return (view) => generation && Date.parse(asOfView(generation, view)) / 1000;
    },
  );
  perView(
    'db_matview_refresh_duration_seconds',
    'Time the last refresh took to publish a view, in seconds; 0 where nothing in it had changed.',
    'gauge',
    () => {
      const generation = current();
      return (view) => {
        if (!generation || !(view in generation.rowsChanged)) return null;
        return (generation.phases[view] ?? 0) / 1000;
      };
    },
  );
  perView(
    'db_matview_refresh_failures_total',
    'Failed refreshes in the ledger, from all gateways. A failed refresh changes no view.',
    'counter',
    () => () => sampler.current()?.refreshFailures,
  );
}
