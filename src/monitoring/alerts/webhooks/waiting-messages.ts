import type { Message } from './message.js';

/** A message that waits for its first or its next try. Times are of the monotonic clock, in milliseconds. */
export interface Waiting {
  readonly message: Message;
  readonly queuedMs: number;
  dueMs: number;
  /** Tries that have failed. */
  failures: number;
}

/**
 * The message that is due first. Messages about one alert keep their order, so that it never is resolved before it
 * fires; those about other alerts do not wait for one that its receiver cannot take.
 */
export function findNext(waiting: readonly Waiting[]): Waiting | null {
  const alerts = new Set<string>();
  let next: Waiting | null = null;
  for (const each of waiting) {
    if (alerts.has(each.message.alertId)) continue;
    alerts.add(each.message.alertId);
    if (next === null || each.dueMs < next.dueMs) next = each;
  }
  return next;
}
