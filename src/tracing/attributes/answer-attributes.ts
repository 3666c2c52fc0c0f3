import type { Span } from '@opentelemetry/api';
import { unrouted } from '../../http/answers/exchange.js';
import type { RefusalReason, RequestMetrics } from '../../monitoring/prometheus/request-metrics.js';
import { failSpan } from '../spans/fail-span.js';
import { methodOfSpan } from '../spans/request-spans.js';
import type { Spans } from '../spans/spans.js';

/** Tells the span of a request what the metrics are told of its answer, because every answer is counted. */
export function traceAnswers(spans: Spans, next: RequestMetrics): RequestMetrics {
  const codes = new WeakMap<Span, readonly RefusalReason[]>();
  return {
    answered(route, status, durationMs) {
      const span = spans.recording();
      if (span) noteAnswer(span, route, status);
      next.answered(route, status, durationMs);
    },
    rejected(reason) {
      const span = spans.recording();
      if (span) {
        const all = [...(codes.get(span) ?? []), reason];
        codes.set(span, all);
        span.setAttribute('mycelix.error.codes', all);
      }
      next.rejected(reason);
    },
  };
}

function noteAnswer(span: Span, route: string, status: number): void {
  span.setAttribute('http.response.status_code', status);
  // A 4xx is the client's mistake, so the span is not marked as failed.
  if (status >= 500) failSpan(span, String(status));
  if (route === unrouted || route === 'unknown') return;
  span.updateName(`${methodOfSpan(span)} ${route}`);
  span.setAttribute('http.route', route);
  // A path that no route spells out may hold anything.
  if (!route.includes('*')) span.setAttribute('url.path', route);
}
