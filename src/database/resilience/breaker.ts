import { GatewayError } from '../../errors.js';

export interface BreakerOptions {
  /** Consecutive failures after which the breaker opens. */
  readonly opensAfter?: number;
  /** First pause before a trial query, in milliseconds; doubled with each failure up to `maxBackOffMs`. */
  readonly firstBackOffMs?: number;
  readonly maxBackOffMs?: number;
  readonly elapsedMs?: () => number;
  /** From 0 to 1; spreads the attempts of many gateways. */
  readonly random?: () => number;
}

/** Keeps queries from a server that cannot be reached, so that they fail at once and it is not stormed. */
export interface Breaker {
  /** Call before each query: null when it may go, else why it may not. */
  refusal(): GatewayError | null;
  /** The server answered, even with an error. */
  answered(): void;
  /** No connection could be made, or one gave no answer at all. */
  failed(error: unknown): void;
  /** Whether the server has answered anybody since an instant of `performance.now()`. */
  hasAnsweredSince(instantMs: number): boolean;
  isOpen(): boolean;
}

/**
 * While it is open one query is let through after each pause, to see whether the server is back. Nothing has to be
 * given back by that query: should it never end, the next one goes after the next pause.
 */
export function createBreaker(options: BreakerOptions = {}): Breaker {
  const { opensAfter = 5, firstBackOffMs = 100, maxBackOffMs = 1_000 } = options;
  const { elapsedMs = () => performance.now(), random = Math.random } = options;
  let failures = 0;
  let openUntil = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let cause: unknown;

  const pause = () => {
    const backOffMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** Math.min(10, failures - opensAfter));
    openUntil = elapsedMs() + backOffMs * (0.5 + random() / 2);
  };

  return {
    refusal() {
      if (failures < opensAfter) return null;
      if (elapsedMs() < openUntil) return new GatewayError('UNAVAILABLE', undefined, cause);
      pause();
      return null;
    },
    answered() {
      answeredAt = elapsedMs();
      failures = 0;
      cause = undefined;
    },
    failed(error) {
      failures += 1;
      cause = error;
      if (failures >= opensAfter) pause();
    },
    hasAnsweredSince: (instantMs) => answeredAt > instantMs,
    isOpen: () => failures >= opensAfter,
  };
}
