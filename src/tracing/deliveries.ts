import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/** Logs when traces begin to be lost and when they are delivered again, and nothing of each attempt in between. */
export class ReportedDeliveries implements SpanExporter {
  readonly #next: SpanExporter;
  readonly #log: Logger;
  #lost = 0;

  constructor(next: SpanExporter, log: Logger) {
    this.#next = next;
    this.#log = log;
  }

  export(batch: ReadableSpan[], onResult: (result: ExportResult) => void): void {
    this.#next.export(batch, (result) => {
      this.#note(result, batch.length);
      onResult(result);
    });
  }

  forceFlush(): Promise<void> {
    return this.#next.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.#next.shutdown();
  }

  #note({ code, error }: ExportResult, spans: number): void {
    if (code === ExportResultCode.SUCCESS) {
      if (this.#lost > 0) this.#log.info({ lostSpans: this.#lost }, 'traces are delivered again');
      this.#lost = 0;
      return;
    }
    if (this.#lost === 0) this.#log.warn({ reason: reasonOf(error) }, 'traces cannot be delivered');
    this.#lost += spans;
  }
}

/** A code or an HTTP status. Messages may hold the URL, and with it a password. */
function reasonOf(error: Error | undefined): string {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: string; message?: string };
  if (code !== undefined) return String(code);
  return /timed out/i.test(message ?? '') ? 'timeout' : (name ?? 'unknown');
}
