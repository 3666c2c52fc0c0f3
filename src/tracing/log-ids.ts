import type { Logger } from 'pino';
import type { Spans } from './spans/spans.js';

/** Adds the ids of the trace that a line belongs to. */
export function withTraceIds(spans: Spans, log: Logger): Logger {
  return log.child(
    {},
    {
      formatters: {
        log(line) {
          const span = spans.current();
          if (!span) return line;
          const { traceId, spanId } = span.spanContext();
          return { ...line, trace_id: traceId, span_id: spanId };
        },
      },
    },
  );
}
