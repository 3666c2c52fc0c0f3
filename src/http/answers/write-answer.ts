import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Representation } from '../../cache/body.js';
import type { Answer, CacheResult } from '../../cache/question.js';
import { presentErrors } from '../../graphql/apollo/error-plugin.js';
import type { FailedExecution } from '../../graphql/execution/shared-run.js';
import type { Log } from '../../graphql/request-context.js';
import { isUnavailable, retryAfterSeconds } from '../../graphql/retry-after.js';
import type { CostSaid } from '../../limits/cost/cost-limit.js';
import { namesTag } from '../requests/entity-tags.js';
import { encodingFor } from '../requests/negotiation.js';
import { type AnswerHeaders, graphqlVary } from './answer-headers.js';
import type { SharedAnswers } from './shared-answers.js';

/** One exchange, without the framework around it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly log: Log;
  readonly contentType: string;
  readonly wantsFreshness: boolean;
  readonly cost: CostSaid | null;
  /** Whether whoever asked has signed in, so that no cache on the way may keep the answer. */
  readonly isPrivate: boolean;
  /** Whether this is the last answer on its connection. */
  readonly isLast: boolean;
  readonly headersOf: AnswerHeaders;
}

type Kept = { readonly kind: 'hit' | 'miss' | 'stale'; readonly answer: Answer };

/** Writes an answer, or 304 when the client has it. A promise where it has to be compressed first. */
export function writeAnswer(
  answers: SharedAnswers,
  kept: Kept,
  exchange: Exchange,
): Promise<void> | undefined {
  const body = answers.bodyOf(kept.answer, exchange, kept.kind === 'stale');
  const accepted = exchange.request.headers['accept-encoding'];
  const encoded = body.encoded(encodingFor(accepted as string | undefined));
  if (encoded instanceof Promise)
    return encoded.then(
      (representation) => writeBytes(answers, kept, exchange, representation),
      () => writeBytes(answers, kept, exchange, body.identity),
    );
  writeBytes(answers, kept, exchange, encoded);
  return undefined;
}

function writeBytes(
  answers: SharedAnswers,
  { kind, answer }: Kept,
  exchange: Exchange,
  { bytes, etag, encoding }: Representation,
): void {
  const { request, response, isPrivate } = exchange;
  // A POST is a query here, so it is revalidated like a GET, which RFC 9110, section 13.1.2, has for GET alone.
  const isKnown = kind !== 'stale' && namesTag(request.headers['if-none-match'], etag);
  const result: CacheResult = isKnown ? 'revalidated' : kind;
  answers.cache.count(result);
  const { lastModified, maxAgeSeconds } = answers.timingOf(answer);
  const shared = kind === 'stale' ? 'no-cache' : `public, max-age=${maxAgeSeconds}`;
  const headers = commonHeaders(exchange, result, isPrivate ? 'private, no-cache' : shared);
  headers.push('etag', etag, 'last-modified', lastModified);
  if (isKnown) {
    response.writeHead(304, headers).end();
    return;
  }
  // Stale answers are out of the schedule's reach: they say how old they are.
  if (kind === 'stale') headers.push('warning', '110 - "Response is Stale"', 'age', answers.ageOf(answer));
  headers.push('content-type', exchange.contentType, 'content-length', String(bytes.length));
  if (encoding !== 'identity') headers.push('content-encoding', encoding);
  response.writeHead(200, headers).end(bytes);
}

/** Writes an answer with errors in it; no cache may keep it. */
export function writeFailure(answers: SharedAnswers, failure: FailedExecution, exchange: Exchange): void {
  answers.refused(failure.errors);
  const errors = presentErrors(failure.errors, exchange.log, exchange.requestId);
  const bytes = Buffer.from(JSON.stringify({ errors, data: failure.data }));
  const headers = commonHeaders(exchange, 'miss', 'no-store');
  if (isUnavailable({ data: failure.data, errors })) headers.push('retry-after', retryAfterSeconds);
  headers.push('content-type', exchange.contentType, 'content-length', String(bytes.length));
  exchange.response.writeHead(200, headers).end(bytes);
}

function commonHeaders(exchange: Exchange, result: CacheResult, cacheControl: string): string[] {
  const { requestId, request, headersOf, isLast } = exchange;
  const headers = headersOf({ requestId, origin: request.headers.origin, cacheControl, vary: graphqlVary });
  headers.push('x-cache', result);
  if (isLast) headers.push('connection', 'close');
  return headers;
}
