import { z } from 'zod';
import { AlertKind } from '../../monitoring/alerts/alerts.js';
import type { PackedTally } from '../../monitoring/observation/queries/tally.js';
import type { MetricSnapshot, MetricsReport } from '../../monitoring/prometheus/snapshot.js';

/** Also NaN and infinity, which stand for values without samples. */
const measured = z.custom<number>((value) => typeof value === 'number');
const packedTally: z.ZodType<PackedTally> = z.object({
  count: z.number(),
  sumMs: z.number(),
  minMs: measured,
  maxMs: measured,
  errors: z.number(),
  slow: z.number(),
  buckets: z.instanceof(Uint16Array),
  counts: z.instanceof(Uint32Array),
});
const snapshots: z.ZodType<readonly MetricSnapshot[]> = z.array(
  z.object({
    name: z.string(),
    help: z.string(),
    type: z.string(),
    values: z.array(
      z.object({
        name: z.string(),
        labels: z.record(z.string(), z.string()),
        value: measured,
      }),
    ),
  }),
);
const query = { name: z.string(), durationMs: z.number(), occurredAt: z.date() };
const thresholdChanges = z.object({
  slowQueryMs: z.number().nullish(),
  connectionPoolWarning: z.number().nullish(),
  viewStalenessHours: z.number().nullish(),
});
export const metricsReport: z.ZodType<MetricsReport> = z.object({
  queries: snapshots,
  database: snapshots,
  gateway: snapshots,
  process: snapshots,
  durations: packedTally,
});
const alert = z.object({
  id: z.string(),
  kind: z.enum(Object.values(AlertKind)),
  subject: z.string(),
  message: z.string(),
  value: z.number().nullable(),
  threshold: z.number().nullable(),
  raisedAt: z.date(),
  lastSeenAt: z.date(),
  count: z.number(),
  recoveredAt: z.date().nullable(),
});

/** What the processes of a gateway ask each other about, with what each of them answers. */
export const answerSchemas = {
  /** Prometheus. */
  metrics: metricsReport,
  /** Statistics of queries within a window. */
  window: z.object({ coveredMs: z.number(), byName: z.map(z.string(), packedTally) }),
  slow: z.array(z.object({ ...query, thresholdMs: z.number(), rows: z.number() })),
  errors: z.array(z.object({ ...query, code: z.string() })),
  pool: z.object({
    total: z.number(),
    idle: z.number(),
    active: z.number(),
    waiting: z.number(),
    utilization: z.number(),
    max: z.number(),
  }),
  cache: z.object({
    hits: z.number(),
    misses: z.number(),
    revalidated: z.number(),
    stale: z.number(),
    evictions: z.number(),
    entries: z.number(),
    bytes: z.number(),
  }),
  replicas: z.object({
    primaryReads: z.number().nullable(),
    replicas: z.array(
      z.object({
        name: z.string(),
        isEligible: z.boolean(),
        reason: z.string().nullable(),
        generation: z.number().nullable(),
        lagSeconds: z.number().nullable(),
        lagBytes: z.number().nullable(),
        lookedAt: z.date().nullable(),
        answered: z.number(),
        discarded: z.number(),
        failed: z.number(),
      }),
    ),
  }),
  /** Asks for the query statistics to be cleared. */
  clear: z.null(),
  /** Asks for new thresholds to be used. */
  thresholds: z.null(),
} as const;

/** What the one that asked is given. */
export const gatheredSchemas = {
  metrics: z.object({
    reports: z.array(
      z.object({ worker: z.string(), report: metricsReport, isLeader: z.boolean(), isDraining: z.boolean() }),
    ),
    counted: snapshots,
    primary: z.object({ gateway: snapshots, process: snapshots }),
  }),
  window: z.array(answerSchemas.window),
  slow: z.array(answerSchemas.slow),
  errors: z.array(answerSchemas.errors),
  pool: z.array(answerSchemas.pool),
  cache: z.array(answerSchemas.cache),
  replicas: z.array(answerSchemas.replicas),
  clear: z.array(answerSchemas.clear),
  thresholds: z.array(answerSchemas.thresholds),
  /** The primary process keeps them. */
  alerts: z.array(alert),
} as const;

export type Subject = keyof typeof answerSchemas;
export type AnswerTo<About extends Subject> = z.infer<(typeof answerSchemas)[About]>;
export type Gathered<About extends keyof typeof gatheredSchemas> = z.infer<(typeof gatheredSchemas)[About]>;

export const questionSchema = z.discriminatedUnion('about', [
  z.object({ about: z.enum(['metrics', 'slow', 'errors', 'pool', 'cache', 'replicas', 'clear', 'alerts']) }),
  z.object({ about: z.literal('window'), windowMs: z.number() }),
  z.object({ about: z.literal('thresholds'), changes: thresholdChanges }),
]);
export type Question = z.infer<typeof questionSchema>;
