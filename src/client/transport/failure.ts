import { readRetryAfter } from './retry-after.js';

/** Why there is no answer: no connection, gateway unavailable, rate limit, credentials, or refused. */
export type FailureKind = 'unreachable' | 'unavailable' | 'limited' | 'unauthenticated' | 'refused';

/** An entry of `errors`, as the gateway writes it. */
export interface GatewayError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** The answer in JSON, whether it holds data or errors. */
export interface GatewayResult {
  readonly data?: unknown;
  readonly errors?: readonly GatewayError[];
  readonly extensions?: { readonly freshness?: unknown; readonly stale?: boolean };
}

export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';

  constructor(
    readonly kind: FailureKind,
    message: string,
    /** The request's id in the gateway's log. */
    readonly requestId: string | null = null,
    /** How long the gateway asks not to be asked, in milliseconds. */
    readonly retryAfterMs = 0,
    /** What the gateway answered; null when that was no GraphQL. */
    readonly result: GatewayResult | null = null,
  ) {
    super(message);
  }
}

export function failureOfResult(response: Response, result: GatewayResult | null): RequestFailure {
  const [error] = result?.errors ?? [];
  const { code, requestId } = error?.extensions ?? {};
  return new RequestFailure(
    kindOf(code, response.status),
    error?.message ?? `Expected an answer in JSON, got status ${response.status}.`,
    requestId ?? response.headers.get('x-request-id'),
    readRetryAfter(response.headers.get('retry-after'), Date.now()),
    result,
  );
}

/** @returns the failure behind anything that asking may throw. */
export function failureOf(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
  return new RequestFailure(
    'unreachable',
    isSlow ? 'The gateway takes too long to answer.' : 'The gateway cannot be reached.',
  );
}

function kindOf(code: string | undefined, status: number): FailureKind {
  if (code === 'UNAUTHENTICATED' || status === 401) return 'unauthenticated';
  if (code === 'RATE_LIMITED' || status === 429) return 'limited';
  if (code === 'UNAVAILABLE' || code === 'TIMEOUT' || status >= 500) return 'unavailable';
  return 'refused';
}
