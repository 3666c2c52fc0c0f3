import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import { defaultTextMapGetter, ROOT_CONTEXT, type Span, SpanKind } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { RequestTrace } from '../../http/request-trace.js';
import type { Spans } from './spans.js';

/** Health checks and scrapes are not traced. */
const untracedPaths = new Set(['/healthz', '/readyz', '/metrics', '/metrics/database']);

const knownMethods = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'QUERY',
  'TRACE',
]);

export interface RequestSpansOptions {
  readonly spans: Spans;
  /** Whether the traces of callers are continued. */
  readonly continuesTraces: boolean;
}

/** A span of the kind SERVER for each request, until its answer is sent or its client has gone. */
export function createRequestSpans({ spans, continuesTraces }: RequestSpansOptions): RequestTrace {
  const ofRequests = new WeakMap<IncomingMessage, Span>();
  const propagator = new W3CTraceContextPropagator();
  const contextOf = ({ headers }: IncomingMessage) =>
    continuesTraces ? propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT;
  return {
    listening: (listener) => (request, response) => {
      if (untracedPaths.has(pathOf(request))) return listener(request, response);
      const options = { kind: SpanKind.SERVER, attributes: attributesOf(request) };
      const span = spans.startRoot(methodOf(request), options, contextOf(request));
      ofRequests.set(request, span);
      methods.set(span, methodOf(request));
      response.once('close', () => {
        if (!response.writableFinished) span.setAttribute('mycelix.answer.incomplete', true);
        // Others hear of the end after this, and have something to say of it.
        queueMicrotask(() => span.end());
      });
      spans.within(span, () => listener(request, response));
    },
    reading: (read) => (request, done) => read(request, AsyncResource.bind(done)),
    within(request, work) {
      const span = ofRequests.get(request);
      if (span) spans.within(span, work);
      else work();
    },
  };
}

const methods = new WeakMap<Span, string>();

/** The method of the request that a span is of. */
export function methodOfSpan(span: Span): string {
  return methods.get(span) ?? 'HTTP';
}

function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

function methodOf({ method = '' }: IncomingMessage): string {
  return knownMethods.has(method) ? method : 'HTTP';
}

function attributesOf(request: IncomingMessage) {
  const method = methodOf(request);
  const { localAddress, localPort } = request.socket;
  return {
    'http.request.method': method === 'HTTP' ? '_OTHER' : method,
    'url.scheme': 'http',
    'network.protocol.version': request.httpVersion,
    'server.address': localAddress,
    'server.port': localPort,
  };
}
