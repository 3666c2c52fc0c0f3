import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { TracingConfig } from '../config/tracing/tracing-config.js';
import { traceAnswers } from './attributes/answer-attributes.js';
import { traceCache } from './attributes/cache-attributes.js';
import { operationPlugin, tracedAnswers } from './attributes/operation-attributes.js';
import { createCallerBudget } from './caller-budget.js';
import { ReportedDeliveries } from './deliveries.js';
import { withTraceIds } from './log-ids.js';
import { openReceiver } from './receiver.js';
import { CallerSampler } from './sampler.js';
import { traceRefresh } from './spans/refresh-spans.js';
import { createRequestSpans } from './spans/request-spans.js';
import { Spans } from './spans/spans.js';
import { createStatementSpans } from './spans/statement-spans.js';
import type { Tracing } from './tracing.js';

/** How long what is left may take to be sent once the gateway stops, in milliseconds. */
const flushLimitMs = 3_000;

/** Begins to make traces and to send them. This file and all it needs are loaded only where traces are wanted. */
export function openTracing(config: TracingConfig, log: Logger): Tracing {
  const { batch } = config;
  const receiver = openReceiver(config.receiver);
  const mayAsk = createCallerBudget(config.tracesByCallers, () => performance.now());
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({ 'service.instance.id': randomUUID(), ...config.resource }),
    ),
    sampler: new CallerSampler(config.sampler, mayAsk),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new ReportedDeliveries(receiver.exporter, log),
        scheduledDelayMillis: batch.delayMs,
        exportTimeoutMillis: batch.exportTimeoutMs,
        maxQueueSize: batch.maxQueueSize,
        maxExportBatchSize: batch.maxBatchSize,
      }),
    ],
  });
  const spans = new Spans(provider.getTracer('mycelix-analytics'));
  return {
    requests: createRequestSpans({ spans, continuesTraces: config.continuesTraces }),
    Answers: tracedAnswers(spans),
    log: (plain) => withTraceIds(spans, plain),
    database: (place) => createStatementSpans(spans, place),
    answers: (metrics) => traceAnswers(spans, metrics),
    cache: (cache) => traceCache(spans, cache),
    refresh: (refresh) => traceRefresh(spans, refresh),
    plugin: () => operationPlugin(spans),
    async close() {
      const late = new AbortController();
      const flushed = provider.shutdown().catch(() => {});
      await Promise.race([flushed, sleep(flushLimitMs, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
      receiver.destroy();
    },
  };
}
