import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, errorTable } from '../errors.js';
import { retryAfterSeconds } from '../graphql/retry-after.js';
import type { RateLimited } from '../limits/rate-limited.js';
import { faultBody } from './fault.js';
import { contentTypeFor, longestHeader } from './negotiation.js';
import { requestIdHeader, requestIdOf } from './request-id.js';

const message = 'The gateway has more to do than it can; try again shortly.';

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterSeconds?: number | string;
}

const overloaded: Refusal = Object.freeze({ status: 503, code: 'UNAVAILABLE', message, retryAfterSeconds });

/** Says that whoever asks has asked for too much in a short time. */
export function refuseRate(
  request: IncomingMessage,
  response: ServerResponse,
  isLast: boolean,
  { code, message, retryAfterSeconds }: RateLimited,
): void {
  refuse(request, response, isLast, { status: errorTable[code].status, code, message, retryAfterSeconds });
}

/** How many headers are read; the server would leave out what comes after so many, and take a request for another. */
const mostHeaders = 100;

/** Headers that are taken apart, by libraries that take the square of their length for some. */
const parsedHeaders = ['accept', 'accept-encoding', 'accept-language', 'content-type'] as const;

/** Refuses a request with more headers than that, or with one of a length that nobody needs; false when it has none. */
export function refusesHeaders(request: IncomingMessage, response: ServerResponse): boolean {
  const got = request.rawHeaders.length / 2;
  const long = parsedHeaders.find((name) => (request.headers[name]?.length ?? 0) > longestHeader);
  if (got <= mostHeaders && !long) return false;
  const message = long
    ? `The header ${long}: expected at most ${longestHeader} characters, got ${request.headers[long]?.length}.`
    : `The headers: expected at most ${mostHeaders}, got ${got}.`;
  refuse(request, response, true, { status: 431, code: 'BAD_USER_INPUT', message });
  return true;
}

/** Says that there is no room, before anything of the request has been looked at. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  isLast: boolean,
  refusal: Refusal = overloaded,
): void {
  const requestId = requestIdOf(request);
  const body = faultBody(refusal, requestId);
  const headers = [
    ...[requestIdHeader, requestId, 'cache-control', 'no-store'],
    ...['content-type', contentTypeFor(request.headers.accept) ?? 'application/json; charset=utf-8'],
    ...['content-length', String(Buffer.byteLength(body))],
  ];
  if (refusal.retryAfterSeconds !== undefined) headers.push('retry-after', String(refusal.retryAfterSeconds));
  if (isLast) headers.push('connection', 'close');
  response.writeHead(refusal.status, headers).end(body);
}
