import type { Metric, Registry } from 'prom-client';

/** One sample of a metric. */
export interface MetricSample {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** Suffix of the metric name, such as `_sum`. */
  readonly suffix?: '_bucket' | '_sum' | '_count';
}

export interface MetricDefinition {
  readonly name: string;
  /** The help text, including the unit. */
  readonly help: string;
  readonly type: 'gauge' | 'counter' | 'summary' | 'histogram';
  /** Called on every scrape; must only read memory. Returns no lines for unknown values. */
  readonly read: () => readonly MetricSample[];
}

/**
 * Registers a metric whose values are read on each scrape. prom-client's own metrics store their values, which would
 * have to be copied on each scrape, and show zero before anything is known.
 */
export function registerMetric(registry: Registry, { name, help, type, read }: MetricDefinition): void {
  const values = () =>
    read().map(({ value, labels = {}, suffix = '' }) => ({ value, labels, metricName: `${name}${suffix}` }));
  const metric = { name, help, get: async () => ({ name, help, type, values: values(), aggregator: 'sum' }) };
  registry.registerMetric(metric as unknown as Metric);
}

/** A sample without labels; none for an unknown value. */
export function unlabelled(value: number | null | undefined): MetricSample[] {
  return value === null || value === undefined ? [] : [{ value }];
}
