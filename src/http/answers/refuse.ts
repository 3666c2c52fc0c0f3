import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, errorTable } from '../../errors.js';
import { retryAfterSeconds } from '../../graphql/retry-after.js';
import type { RateLimited } from '../../limits/rate/rate-limited.js';
import type { AnswerLine } from '../logs/request-log.js';
import { faultBody, quoted, requestFault } from '../requests/fault.js';
import { contentTypeFor, maxHeaderLength } from '../requests/negotiation.js';
import { requestIdOf } from '../requests/request-id.js';
import { type AnswerHeaders, graphqlVary } from './answer-headers.js';

const message = 'The gateway has more to do than it can; try again shortly.';

/** What a refusal needs besides the request. */
export interface Refusing {
  readonly headersOf: AnswerHeaders;
  readonly logEarly: (line: AnswerLine) => void;
  /** Whether every answer is the last one on its connection. */
  readonly isDraining: () => boolean;
}

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterSeconds?: number | string;
  /** Whether the connection is closed after it, whatever else. */
  readonly isLast?: boolean;
}

const overloaded: Refusal = Object.freeze({ status: 503, code: 'UNAVAILABLE', message, retryAfterSeconds });

/** Refuses a request beyond the rate of its client. */
export function refuseRate(
  request: IncomingMessage,
  response: ServerResponse,
  refusing: Refusing,
  { code, message, retryAfterSeconds }: RateLimited,
): void {
  refuse(request, response, refusing, { status: errorTable[code].status, code, message, retryAfterSeconds });
}

/** Node.js silently drops headers beyond a limit of its own, which is higher. */
const maxHeaders = 100;

/** Headers that are parsed, some by libraries whose worst case is quadratic. */
const parsedHeaders = ['accept', 'accept-encoding', 'accept-language', 'content-type'] as const;

/** Refuses (431) too many headers or an overlong parsed one. @returns whether it was refused */
export function refuseExcessiveHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  refusing: Refusing,
): boolean {
  const got = request.rawHeaders.length / 2;
  // Looked up by name only when all headers together are long enough.
  const long =
    lengthOf(request.rawHeaders) > maxHeaderLength
      ? parsedHeaders.find((name) => (request.headers[name]?.length ?? 0) > maxHeaderLength)
      : undefined;
  if (got <= maxHeaders && !long) return false;
  const message = long
    ? `The header ${long}: expected at most ${maxHeaderLength} characters, got ${request.headers[long]?.length}.`
    : `The headers: expected at most ${maxHeaders}, got ${got}.`;
  refuse(request, response, refusing, { ...requestFault(431, message), isLast: true });
  return true;
}

/** How many characters the names and values have together: no value is longer, not even one that came in parts. */
function lengthOf(rawHeaders: readonly string[]): number {
  let length = 0;
  for (const text of rawHeaders) length += text.length;
  return length;
}

/** Refuses a request whose `Expect` header asks for what no server here can do. */
export function refuseExpectation(
  request: IncomingMessage,
  response: ServerResponse,
  refusing: Refusing,
): void {
  const got = quoted(request.headers.expect);
  const message = `The Expect header: expected 100-continue or none, got ${got}.`;
  refuse(request, response, refusing, { ...requestFault(417, message), isLast: true });
}

/** Writes an error response outside the framework; 503 unless another one is given. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { headersOf, logEarly, isDraining }: Refusing,
  refusal: Refusal = overloaded,
): void {
  const { status, isLast = isDraining() } = refusal;
  const requestId = requestIdOf(request);
  const body = faultBody(refusal, requestId);
  const headers = [
    ...headersOf({ requestId, origin: request.headers.origin, vary: graphqlVary }),
    ...['content-type', contentTypeFor(request.headers.accept) ?? 'application/json; charset=utf-8'],
    ...['content-length', String(Buffer.byteLength(body))],
  ];
  if (refusal.retryAfterSeconds !== undefined) headers.push('retry-after', String(refusal.retryAfterSeconds));
  if (isLast) headers.push('connection', 'close');
  response.writeHead(status, headers).end(body);
  logEarly({ requestId, method: request.method, route: 'unread', status, durationMs: 0 });
}
