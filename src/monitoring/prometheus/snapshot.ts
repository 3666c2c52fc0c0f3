import { type Metric, Registry } from 'prom-client';
import type { PackedTally } from '../observation/queries/tally.js';

/** The values of a metric at one moment. */
export interface MetricSnapshot {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values: readonly SampleSnapshot[];
}

export interface SampleSnapshot {
  /** With its suffix, such as `_sum`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All metrics of one process. */
export interface MetricsReport {
  /** Of its queries and its pool. */
  readonly queries: readonly MetricSnapshot[];
  /** Of the database, which is the same one for every process. */
  readonly database: readonly MetricSnapshot[];
  /** Of its requests, its cache and what it sends. */
  readonly gateway: readonly MetricSnapshot[];
  /** Of Node.js. */
  readonly process: readonly MetricSnapshot[];
  /** The durations that the quantiles are taken from. */
  readonly durations: PackedTally;
}

interface JsonMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly values?: readonly {
    readonly value: number;
    readonly labels?: Readonly<Record<string, unknown>>;
    readonly metricName?: string;
  }[];
}

export async function snapshotOf(registry: Registry): Promise<MetricSnapshot[]> {
  const metrics = (await registry.getMetricsAsJSON()) as unknown as readonly JsonMetric[];
  return metrics.map(({ name, help, type, values = [] }) => ({
    name,
    help,
    type,
    values: values.map(({ value, labels = {}, metricName = name }) => ({
      name: metricName,
      labels: Object.fromEntries(Object.entries(labels).map(([key, label]) => [key, String(label)])),
      value,
    })),
  }));
}

/** The text format of some registries. */
export async function textOf(registries: readonly Registry[]): Promise<string> {
  return (await Promise.all(registries.map((registry) => registry.metrics()))).join('\n');
}

/** The text format of some metrics. */
export function textOfSnapshots(metrics: readonly MetricSnapshot[]): Promise<string> {
  const registry = new Registry();
  for (const { name, help, type, values } of metrics) {
    const shown = values.map(({ name: metricName, labels, value }) => ({ metricName, labels, value }));
    registry.registerMetric({
      name,
      help,
      get: async () => ({ name, help, type, values: shown }),
    } as unknown as Metric);
  }
  return registry.metrics();
}
