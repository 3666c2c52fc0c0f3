/** What front ends import as `mycelix-analytics/client`. It needs nothing but `fetch`. */
export type { Answer, Freshness, Received } from './answer.js';
export { PublishedDocument, type TypedText } from './document.js';
export { type FailureKind, type GatewayError, type GatewayResult, RequestFailure } from './failure.js';
export * from './operations.js';
export type { Page } from './page.js';
export { createPollingClient, type PollingClient, type PollingClientOptions } from './polling-client.js';
export type { Latest, Question } from './question.js';
export type { Status } from './status.js';
export { createTagFetch } from './tag-fetch.js';
export type { AskOptions } from './transport.js';
