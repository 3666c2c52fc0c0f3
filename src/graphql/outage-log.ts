import { composedKey } from '../composed-key.js';
import { rootOf } from './mask-error.js';
import type { Log } from './request-context.js';

/** How long after one line the next of its kind is written, in milliseconds. */
const apartMs = 1_000;
const message = 'no answer from below';

interface Kind {
  readonly toldAtMs: number;
  untold: number;
}

/** Of the whole process: what is away for one request is away for all. */
const kinds = new Map<string, Kind>();

/**
 * Writes that a request got no answer from below. In an outage that is true of each of thousands of requests a second
 * for the same reason, so of each reason one line a second is a warning and says how many `others` there were since the
 * one before; these are written for debugging only.
 */
export function warnOfOutage(error: unknown, code: string, log: Log, nowMs = performance.now()): void {
  const err = rootOf(error);
  const kind = composedKey(code, String((err as { code?: unknown }).code), (err as Error).name);
  const before = kinds.get(kind);
  if (before && nowMs - before.toldAtMs < apartMs) {
    before.untold += 1;
    log.debug({ err, code }, message);
    return;
  }
  kinds.set(kind, { toldAtMs: nowMs, untold: 0 });
  log.warn({ err, code, ...(before?.untold ? { others: before.untold } : {}) }, message);
}
