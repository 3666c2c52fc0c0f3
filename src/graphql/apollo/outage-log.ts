import { composedKey } from '../../composed-key.js';
import type { Log } from '../request-context.js';
import { rootOf } from './mask-error.js';
import { createOnceASecond } from './once-a-second.js';

const message = 'the database did not answer';

/** Process-wide, because an outage affects all requests. */
const onceASecond = createOnceASecond();

/**
 * Writes that the database did not answer a request. In an outage that is true of each of thousands of requests a second
 * for the same reason, so of each reason one line a second is a warning and says how many `others` there were since the
 * one before; these are written for debugging only.
 */
export function warnOfOutage(error: unknown, code: string, log: Log, nowMs = performance.now()): void {
  const err = rootOf(error);
  const kind = composedKey(code, String((err as { code?: unknown }).code), (err as Error).name);
  const others = onceASecond(kind, nowMs);
  if (others === null) log.debug({ err, code }, message);
  else log.warn({ err, code, ...(others > 0 ? { others } : {}) }, message);
}
