/** What front ends import as `mycelix-analytics/client`. It needs nothing but `fetch`. */

export { PublishedDocument, type TypedText } from './document.js';
export * from './operations.js';
export type { Page } from './polling/page.js';
export type { Latest, Question } from './polling/question.js';
export type { Status } from './polling/status.js';
export { createPollingClient, type PollingClient, type PollingClientOptions } from './polling-client.js';
export type { Answer, Freshness, Received } from './transport/answer.js';
export {
  type FailureKind,
  type GatewayError,
  type GatewayResult,
  RequestFailure,
} from './transport/failure.js';
export { createTagFetch } from './transport/tag-fetch.js';
export type { AskOptions } from './transport/transport.js';
