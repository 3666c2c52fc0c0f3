import type { Freshness } from '../transport/answer.js';
import type { RequestFailure } from '../transport/failure.js';
import type { Attempt } from './question.js';

/** How the client as a whole stands. */
export interface Status {
  /** Of everything that is shown; null before the first answer. */
  readonly freshness: Freshness | null;
  readonly isStale: boolean;
  /** Why the gateway could not be asked last time, and since when, in milliseconds since 1970. */
  readonly failure: RequestFailure | null;
  readonly failingSinceMs: number | null;
  /** By how much the gateway's clock is ahead of ours, in milliseconds. */
  readonly clockAheadMs: number;
}

export const initialStatus: Status = {
  freshness: null,
  isStale: false,
  failure: null,
  failingSinceMs: null,
  clockAheadMs: 0,
};

/** Clocks are told in whole seconds, so less than this is no difference. */
const clockToleranceMs = 2_000;

export function statusAfter({ answer, gatewayTimeMs }: Attempt, nowMs: number): Status {
  const aheadMs = (gatewayTimeMs ?? nowMs) - nowMs;
  return {
    freshness: answer?.freshness ?? null,
    isStale: answer?.isStale ?? false,
    failure: null,
    failingSinceMs: null,
    clockAheadMs: Math.abs(aheadMs) > clockToleranceMs ? aheadMs : 0,
  };
}

export function statusFailing(status: Status, failure: RequestFailure | null, nowMs: number): Status {
  return { ...status, failure, failingSinceMs: status.failingSinceMs ?? nowMs };
}
