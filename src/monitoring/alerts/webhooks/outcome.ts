import type { Answer } from './post-message.js';
import { RefusedReceiver } from './receiver-addresses.js';

/** What became of a try. Reasons name no path and no query of a URL. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** To be tried again, not before `afterMs`. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly reason: string }
  /** The receiver wants no more messages. */
  | { readonly kind: 'gone'; readonly reason: string };

const maxRetryAfterMs = 10 * 60_000;

/** Answers that another try may change. */
const passingStatuses = new Set([408, 425, 429]);

export function outcomeOfAnswer({ status, retryAfter }: Answer, now: Date): Outcome {
  const reason = `it answered ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'gone', reason };
  if (status >= 300 && status < 400)
    return {
      kind: 'failed',
      reason: `${reason}, and redirects are not followed; set the URL that it leads to`,
    };
  if (status >= 500 || passingStatuses.has(status))
    return { kind: 'retry', reason, afterMs: readRetryAfter(retryAfter, now) };
  return { kind: 'failed', reason };
}

export function outcomeOfError(error: unknown): Outcome {
  if (error instanceof RefusedReceiver) return { kind: 'failed', reason: error.message };
  const { code, name } = error as { code?: unknown; name?: unknown };
  const isLate = name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR';
  const reason = isLate ? 'it did not answer in time' : `the connection failed (${String(code ?? name)})`;
  return { kind: 'retry', reason, afterMs: 0 };
}

/** Seconds or a date; 0 for anything else, and never longer than ten minutes. */
function readRetryAfter(text: string | null, now: Date): number {
  if (text === null) return 0;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime();
  return ms > 0 ? Math.min(ms, maxRetryAfterMs) : 0;
}
