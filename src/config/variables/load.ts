import { z } from 'zod';
import { defaultConnectionLimits, readLimits } from '../limits.js';
import { splitList } from '../split-list.js';
import { choice, fault, quoted, wholeNumber } from '../values.js';

/** The limits of requests and connections, and the response cache. */
export const load = {
  REQUEST_LIMIT_SECONDS: wholeNumber('REQUEST_LIMIT_SECONDS', 1, 3_600, 15),
  REQUESTS_AT_ONCE: wholeNumber('REQUESTS_AT_ONCE', 1, 100_000, 256),
  EXPORTS_AT_ONCE: wholeNumber('EXPORTS_AT_ONCE', 1, 100, 4),
  EXPORT_LIMIT_SECONDS: wholeNumber('EXPORT_LIMIT_SECONDS', 1, 86_400, 600),
  CONNECTIONS: wholeNumber('CONNECTIONS', 10, 1_000_000, defaultConnectionLimits.open),
  UNFINISHED_CONNECTIONS: wholeNumber(
    'UNFINISHED_CONNECTIONS',
    1,
    1_000_000,
    defaultConnectionLimits.unfinished,
  ),
  UNFINISHED_PER_ADDRESS: wholeNumber(
    'UNFINISHED_PER_ADDRESS',
    1,
    1_000_000,
    defaultConnectionLimits.unfinishedPerAddress,
  ),
  RESPONSE_CACHE: z
    .string()
    .default('64')
    .refine((text) => text === 'off' || /^[1-9]\d{0,4}$/.test(text), {
      error: (issue) =>
        `RESPONSE_CACHE: expected megabytes from 1 to 99999, or off, got ${quoted(issue.input)}`,
    })
    .transform((text) => (text === 'off' ? 0 : Number(text))),
  STALE_LIMIT_SECONDS: z
    .string()
    .default('600')
    .refine((text) => /^\d{1,6}$/.test(text), {
      error: (issue) =>
        `STALE_LIMIT_SECONDS: expected whole seconds from 0 to 999999, got ${quoted(issue.input)}`,
    })
    .transform(Number),
  LIMITS: z
    .string()
    .default('')
    .transform((text, context) => readLimits(splitList(text), (message) => fault(context, message))),
  RATE_LIMIT: choice('RATE_LIMIT', ['on', 'off'], 'on'),
};
