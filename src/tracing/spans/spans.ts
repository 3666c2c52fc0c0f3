import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanOptions,
  type Tracer,
  trace,
} from '@opentelemetry/api';

/** Makes spans, and knows the one that the running code belongs to. Nothing global is used: a process may have several. */
export class Spans {
  readonly #tracer: Tracer;
  readonly #current = new AsyncLocalStorage<Span>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  current(): Span | undefined {
    return this.#current.getStore();
  }

  /** The current one if it will be sent. */
  recording(): Span | null {
    const span = this.#current.getStore();
    return span?.isRecording() ? span : null;
  }

  /** Begins a trace, or continues the one in `context`. */
  startRoot(name: string, options: SpanOptions, context: Context = ROOT_CONTEXT): Span {
    return this.#tracer.startSpan(name, options, context);
  }

  startBelow(parent: Span, name: string, options: SpanOptions): Span {
    return this.#tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, parent));
  }

  within<Result>(span: Span, work: () => Result): Result {
    return this.#current.run(span, work);
  }
}
