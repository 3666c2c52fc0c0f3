import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { publicViewer, type Viewer } from '../../auth/viewer.js';
import type { RequestMetrics } from '../../monitoring/prometheus/request-metrics.js';
import type { LogAnswer } from '../logs/answer-log.js';
import { contentTypeFor } from '../requests/headers/negotiation.js';
import { requestIdOf } from '../requests/headers/request-id.js';
import { type AnswerHeaders, graphqlVary } from './answer-headers.js';

/** The name in logs and metrics of requests that are refused before their path is looked at. */
export const unrouted = 'unrouted';

/** One request that is answered without the framework. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** The name of the path in logs and metrics. */
  readonly route: string;
  /** The request headers that answers of the path depend on, besides `Origin`. */
  readonly vary: string;
  readonly startedAtMs: number;
  /** The form of GraphQL answers that the client accepts; null when it wants a page, or nothing that there is. */
  readonly contentType: string | null;
  /** The public until the credentials have been checked. */
  viewer: Viewer;
}

/** What every answer needs besides the request. */
export interface Answering {
  readonly headersOf: AnswerHeaders;
  /** Whether every answer is the last one on its connection. */
  readonly isDraining: () => boolean;
  readonly log: Logger;
  readonly logAnswer: LogAnswer;
  readonly metrics?: RequestMetrics | undefined;
}

/** The answer to a request. */
export interface Answer {
  readonly status: number;
  /** `no-store` unless set. */
  readonly cacheControl?: string | undefined;
  /** Names and values in turns, besides those that every answer has. */
  readonly headers: readonly string[];
  /** Of the body, where there is one; what the client accepts unless set. */
  readonly contentType?: string | undefined;
  readonly body?: Buffer | string | undefined;
  /** Whether to close the connection even when the server is not draining. */
  readonly isLast?: boolean | undefined;
}

const jsonType = 'application/json; charset=utf-8';

export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  route: string,
  vary = graphqlVary,
): Exchange {
  return {
    request,
    response,
    requestId: requestIdOf(request),
    route,
    vary,
    startedAtMs: performance.now(),
    contentType: contentTypeFor(request.headers.accept),
    viewer: publicViewer,
  };
}

/** Writes an answer with the headers that every answer has, counts it and logs it. */
export function write(exchange: Exchange, answering: Answering, answer: Answer): void {
  const { request, response, requestId, route, vary, startedAtMs, viewer } = exchange;
  const { cacheControl, body, status } = answer;
  const headers = answering.headersOf({
    requestId,
    origin: request.headers.origin,
    cacheControl,
    vary,
  });
  for (const each of answer.headers) headers.push(each);
  if (answer.isLast || answering.isDraining()) headers.push('connection', 'close');
  if (body !== undefined) {
    const contentType = answer.contentType ?? exchange.contentType ?? jsonType;
    headers.push('content-type', contentType, 'content-length', String(Buffer.byteLength(body)));
  }
  response.writeHead(status, headers).end(body);
  const durationMs = performance.now() - startedAtMs;
  answering.metrics?.answered(route, status, durationMs);
  answering.logAnswer({
    requestId,
    method: request.method,
    route,
    status,
    durationMs,
    viewer: viewer.kind,
  });
}
