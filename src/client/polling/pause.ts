import type { Freshness } from '../transport/answer.js';

export interface Pace {
  /** Of the newest answer; null before the first one. */
  readonly freshness: Freshness | null;
  /** How many looks in a row failed. */
  readonly failures: number;
  /** What the last failure asked for. */
  readonly retryAfterMs: number;
  /** How many looks in a row found that the refresh that was due is not there yet. */
  readonly lateLooks: number;
  /** The gateway's time, in milliseconds since 1970. */
  readonly nowMs: number;
  /** How often to look at least, for refreshes that nobody planned. */
  readonly maxIntervalMs: number;
}

/** Without a schedule there is nothing better than to ask now and then. */
const unscheduledMs = 5_000;
/** A refresh takes a moment after its instant. */
const afterRefreshMs = 150;
const firstLateMs = 500;
const firstFailureMs = 1_200;
const longestPauseMs = 15_000;
/** Timers overflow beyond some weeks. */
const dayMs = 86_400_000;

/** How long to wait until the next look, without jitter. */
export function pauseMs({
  freshness,
  failures,
  retryAfterMs,
  lateLooks,
  nowMs,
  maxIntervalMs,
}: Pace): number {
  if (failures > 0) return Math.max(doubled(firstFailureMs, failures - 1), Math.min(retryAfterMs, dayMs));
  if (!freshness?.nextRefreshAt) return Math.min(unscheduledMs, maxIntervalMs);
  const leftMs = Date.parse(freshness.nextRefreshAt) - nowMs;
  const untilRefreshMs = leftMs > 0 ? leftMs + afterRefreshMs : doubled(firstLateMs, lateLooks);
  return Math.min(untilRefreshMs, maxIntervalMs, dayMs);
}

function doubled(firstMs: number, times: number): number {
  return Math.min(longestPauseMs, firstMs * 2 ** Math.min(times, 8));
}
