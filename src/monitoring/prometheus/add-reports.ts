import { Tally } from '../observation/queries/tally.js';
import { durationsName, quantilesOf } from './series/query-series.js';
import type { MetricSnapshot, MetricsReport, SampleSnapshot } from './snapshot.js';

/** Gauges of servers that every process looks at: the worst of what they see. */
const worstOf: ReadonlyMap<string, (one: number, other: number) => number> = new Map([
  ['gateway_replica_eligible', Math.min],
  ['gateway_replica_lag_seconds', Math.max],
  ['gateway_replica_lag_bytes', Math.max],
]);

const add = (one: number, other: number) => one + other;

/** What one process of the gateway reported. */
export interface ProcessReport {
  /** The value of the label `worker` of what is not added up. */
  readonly worker: string;
  readonly report: MetricsReport;
  /** Whether it samples the database for all. */
  readonly isLeader: boolean;
  /** Whether it is about to end; then another one may have its label. */
  readonly isDraining: boolean;
}

export interface AddReportsOptions {
  readonly reports: readonly ProcessReport[];
  /** Counters of processes that ended or did not answer, so that no sum goes down. */
  readonly counted: readonly MetricSnapshot[];
  /** Metrics of the process that the others belong to. */
  readonly primary: {
    readonly gateway: readonly MetricSnapshot[];
    readonly process: readonly MetricSnapshot[];
  };
}

/** The metrics of the gateway: queries, database, gateway, process. */
export interface AddedReports {
  readonly database: readonly MetricSnapshot[];
  readonly rest: readonly MetricSnapshot[];
}

/**
 * Adds up what the processes of one gateway report. Their counters, histograms and most gauges are sums; quantiles come from the durations of
 * all; the database is described by the one that samples it; Node.js is shown for each, by the label `worker`.
 */
export function addReports({ reports, counted, primary }: AddReportsOptions): AddedReports {
  const namesOfQueries = new Set(reports.flatMap(({ report }) => report.queries.map(({ name }) => name)));
  const ofQueries = counted.filter(({ name }) => namesOfQueries.has(name));
  const ofGateway = counted.filter(({ name }) => !namesOfQueries.has(name));
  const durations = new Tally();
  for (const { report } of reports) durations.merge(report.durations);
  const queries = sum([...reports.map(({ report }) => report.queries), ofQueries]).map((metric) =>
    metric.name === durationsName ? withQuantiles(metric, durations) : metric,
  );
  const processes = [
    ...reports
      .filter(({ isDraining }) => !isDraining)
      .map(({ worker, report }) => labelled(report.process, worker)),
    labelled(primary.process, 'primary'),
  ];
  return {
    database: [...queries, ...(reports.find(({ isLeader }) => isLeader)?.report.database ?? [])],
    rest: [
      ...sum([...reports.map(({ report }) => report.gateway), ofGateway, primary.gateway]),
      ...sum(processes),
    ],
  };
}

/** What of a report must never go down: counters, histograms, and the counts of summaries. */
export function countersOf({ queries, gateway }: MetricsReport): MetricSnapshot[] {
  return [...queries, ...gateway]
    .filter(({ type }) => type !== 'gauge')
    .map((metric) => ({ ...metric, values: metric.values.filter(({ labels }) => !('quantile' in labels)) }));
}

/** Sums the values of the same name and labels, in the order in which they first come. */
export function sum(parts: readonly (readonly MetricSnapshot[])[]): MetricSnapshot[] {
  const metrics = new Map<string, { metric: MetricSnapshot; values: Map<string, SampleSnapshot> }>();
  for (const metric of parts.flat()) {
    const found = metrics.get(metric.name) ?? { metric, values: new Map<string, SampleSnapshot>() };
    metrics.set(metric.name, found);
    for (const sample of metric.values) {
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      const before = found.values.get(key);
      const value = before ? (worstOf.get(metric.name) ?? add)(before.value, sample.value) : sample.value;
      found.values.set(key, { ...sample, value });
    }
  }
  return [...metrics.values()].map(({ metric, values }) => ({ ...metric, values: [...values.values()] }));
}

function withQuantiles(metric: MetricSnapshot, durations: Tally): MetricSnapshot {
  const counts = metric.values.filter(({ labels }) => !('quantile' in labels));
  const quantiles = quantilesOf(durations).map(({ value, labels = {} }) => ({
    name: metric.name,
    labels,
    value,
  }));
  return { ...metric, values: [...quantiles, ...counts] };
}

function labelled(metrics: readonly MetricSnapshot[], worker: string): MetricSnapshot[] {
  return metrics.map((metric) => ({
    ...metric,
    values: metric.values.map((sample) => ({ ...sample, labels: { ...sample.labels, worker } })),
  }));
}
