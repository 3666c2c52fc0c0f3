import type { Span } from '@opentelemetry/api';
import type { ResponseCache } from '../../cache/response-cache.js';
import type { Spans } from '../spans/spans.js';

/** Tells the span of a request how the cache answered it, of which refresh, and whose execution it waited for. */
export function traceCache<Failure>(spans: Spans, cache: ResponseCache<Failure>): ResponseCache<Failure> {
  /** The spans that executions belong to, by the key of the question. */
  const running = new Map<string, Span>();

  const follow = (key: string, span: Span) => {
    const first = running.get(key);
    if (first) {
      span.setAttribute('mycelix.cache.joined', true);
      span.addLink({ context: first.spanContext() });
      return () => {};
    }
    running.set(key, span);
    return () => void running.delete(key);
  };

  return {
    ...cache,
    peek(key) {
      const answer = cache.peek(key);
      if (answer) spans.recording()?.setAttribute('mycelix.generation', answer.generation);
      return answer;
    },
    async ask(question, ...rest) {
      const span = spans.recording();
      if (!span) return cache.ask(question, ...rest);
      const asked = cache.ask(question, ...rest);
      // Whether it was kept is known once it was asked for.
      const end = cache.isRunning(question.key) ? follow(question.key, span) : () => {};
      const served = await asked.finally(end);
      if (served.kind === 'failure') span.setAttribute('mycelix.cache.verdict', 'miss');
      else span.setAttribute('mycelix.generation', served.answer.generation);
      return served;
    },
    count(result) {
      spans.recording()?.setAttribute('mycelix.cache.verdict', result);
      cache.count(result);
    },
  };
}
