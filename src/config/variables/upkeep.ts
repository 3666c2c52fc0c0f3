import { z } from 'zod';
import { isCronExpression } from '../schedules.js';
import { Secret } from '../secret.js';
import { splitList } from '../split-list.js';
import { fault, parsedUrl, quoted, wholeNumber } from '../values.js';

/** A cron expression, or off. */
const schedule = (name: string, usual: string, example: string) =>
  z
    .string()
    .default(usual)
    .refine((text) => text === 'off' || isCronExpression(text), {
      error: (issue) =>
        `${name}: expected a cron expression such as "${example}", or off, got ${quoted(issue.input)}`,
    });

/** What the gateway does by itself. */
export const upkeep = {
  REFRESH_SCHEDULE: schedule('REFRESH_SCHEDULE', '* * * * *', '*/5 * * * *'),
  VERIFY_SCHEDULE: schedule('VERIFY_SCHEDULE', 'off', '30 3 * * *'),
  VERIFY_LIMIT_SECONDS: wholeNumber('VERIFY_LIMIT_SECONDS', 1, 3_600, 600),
  ALERT_WEBHOOK_URLS: z.string().optional(),
  ALERT_WEBHOOK_SECRET: z.string().optional(),
  ALERT_WEBHOOK_ALLOW_PRIVATE: z.string().optional(),
  EDGE_PURGE_URLS: z
    .string()
    .default('')
    .transform((text, context) =>
      splitList(text).map((url, index) => {
        // An address may hold a secret, so it is not repeated.
        const { protocol, username, password } = parsedUrl(url) ?? {};
        if ((protocol !== 'http:' && protocol !== 'https:') || username || password)
          fault(
            context,
            `EDGE_PURGE_URLS: expected URLs such as http://edge.internal/, without credentials, got something else as number ${index + 1}`,
          );
        return new Secret(url);
      }),
    ),
  EDGE_PURGE_TOKEN: z
    .string()
    .refine((text) => /^[\x21-\x7e]+$/.test(text), {
      error: 'EDGE_PURGE_TOKEN: expected printable ASCII without spaces, got something else',
    })
    .transform((text) => new Secret(text))
    .optional(),
};
