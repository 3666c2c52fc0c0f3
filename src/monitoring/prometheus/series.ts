import type { Metric, Registry } from 'prom-client';

/** One line of a metric. */
export interface Series {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** What follows the metric's name, such as `_sum` of a summary. */
  readonly suffix?: '_bucket' | '_sum' | '_count';
}

export interface Source {
  readonly name: string;
  /** The help text, with the unit. */
  readonly help: string;
  readonly type: 'gauge' | 'counter' | 'summary' | 'histogram';
  /** Read at every scrape, from memory and nowhere else. No lines where nothing is known. */
  readonly read: () => readonly Series[];
}

/**
 * Shows numbers that somebody else keeps. The metrics of the library keep their own, which would have to be copied at
 * every scrape, and show a zero before anything is known.
 */
export function show(registry: Registry, { name, help, type, read }: Source): void {
  const values = () =>
    read().map(({ value, labels = {}, suffix = '' }) => ({ value, labels, metricName: `${name}${suffix}` }));
  const metric = { name, help, get: async () => ({ name, help, type, values: values(), aggregator: 'sum' }) };
  registry.registerMetric(metric as unknown as Metric);
}

/** A line without labels, or none where the value is not known. */
export function known(value: number | null | undefined): Series[] {
  return value === null || value === undefined ? [] : [{ value }];
}
