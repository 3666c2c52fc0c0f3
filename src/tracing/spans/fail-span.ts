import { type Span, SpanStatusCode } from '@opentelemetry/api';

/** Marks a span as failed. `type` is a code: a message may repeat what was asked. */
export function failSpan(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
