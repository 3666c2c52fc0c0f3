import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';
import type { ResponseCache } from '../cache/response-cache.js';
import type { DatabaseTrace } from '../database/tracing/database-trace.js';
import type { RequestContext } from '../graphql/request-context.js';
import type { SharedAnswers } from '../http/answers/shared-answers.js';
import type { RequestTrace } from '../http/request-trace.js';
import type { RequestMetrics } from '../monitoring/prometheus/request-metrics.js';
import type { refreshViews } from '../refresh/refresh-views.js';
import type { DatabasePlace } from './spans/statement-spans.js';

/** What parts of the gateway are wrapped in, or made with, where traces are wanted. */
export interface Tracing {
  readonly requests: RequestTrace;
  readonly Answers: typeof SharedAnswers;
  /** A log whose lines name their trace. */
  log(log: Logger): Logger;
  database(place: DatabasePlace): DatabaseTrace;
  answers(metrics: RequestMetrics): RequestMetrics;
  cache<Failure>(cache: ResponseCache<Failure>): ResponseCache<Failure>;
  refresh(refresh: typeof refreshViews): typeof refreshViews;
  plugin(): ApolloServerPlugin<RequestContext>;
  /** Sends what is left, within a few seconds. */
  close(): Promise<void>;
}
