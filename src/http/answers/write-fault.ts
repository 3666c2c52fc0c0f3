import { retryAfterSeconds } from '../../graphql/retry-after.js';
import { RateLimited } from '../../limits/rate/rate-limited.js';
import type { RefusalReason } from '../../monitoring/prometheus/request-metrics.js';
import { type Fault, faultBody, faultOf } from '../requests/fault.js';
import { type Answering, type Exchange, write } from './exchange.js';
import { linger } from './linger.js';

export interface FaultSettings {
  /** Whether the connection is closed after it. */
  readonly isLast?: boolean;
  /** When the client may try again, in seconds. */
  readonly retryAfter?: number | undefined;
  /** What it is counted as; the code of the fault unless set. */
  readonly reason?: RefusalReason;
}

/** Answers with an error that stands for the whole request. */
export function writeFault(
  exchange: Exchange,
  answering: Answering,
  fault: Fault,
  { isLast, retryAfter, reason = fault.code }: FaultSettings = {},
): void {
  answering.metrics?.rejected(reason);
  write(exchange, answering, {
    status: fault.status,
    headers: faultHeaders(fault, retryAfter),
    body: faultBody(fault, exchange.requestId),
    isLast,
  });
}

/** Answers with what was thrown, and logs it unless it is a fault of the client. */
export function writeThrown(exchange: Exchange, answering: Answering, error: unknown): void {
  const { request, response, requestId } = exchange;
  const fault = faultOf(error, request.headers['content-type']);
  if (fault.status >= 500)
    answering.log[fault.status === 500 ? 'error' : 'warn']({ err: error, requestId }, 'a request failed');
  // The client has left, or has its answer.
  if (response.destroyed || response.headersSent) return;
  if (fault.status === 413) linger(request);
  writeFault(exchange, answering, fault, {
    retryAfter: error instanceof RateLimited ? error.retryAfterSeconds : undefined,
  });
}

/** The headers that go with a fault, as names and values in turns. */
export function faultHeaders(
  { status, code }: Pick<Fault, 'status' | 'code'>,
  retryAfter?: number,
): string[] {
  if (retryAfter !== undefined) return ['retry-after', String(retryAfter)];
  if (code === 'UNAVAILABLE') return ['retry-after', retryAfterSeconds];
  return status === 401 ? ['www-authenticate', 'Bearer'] : [];
}
