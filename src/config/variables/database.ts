import { z } from 'zod';
import { readReadUrls } from '../read-urls.js';
import { Secret } from '../secret.js';
import { choice, fault, parsedUrl, wholeNumber } from '../values.js';

const postgresUrl = (name: string) =>
  z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parsedUrl(text)?.protocol ?? ''), {
      error: `${name}: expected a URL such as postgresql://user:password@host:5432/database, got something else`,
    })
    .transform((text) => new Secret(text))
    .optional();

/** The database, and how it is used. */
export const database = {
  DATABASE_URL: postgresUrl('DATABASE_URL'),
  DATABASE_DIRECT_URL: postgresUrl('DATABASE_DIRECT_URL'),
  DATABASE_READ_URLS: z
    .string()
    .default('')
    .transform((text, context) => readReadUrls(text, (message) => fault(context, message))),
  DATA_DIR: z.string().default('.data'),
  DEMO_LIVE: choice('DEMO_LIVE', ['on', 'off'], 'on'),
  DATABASE_CONNECTIONS: wholeNumber('DATABASE_CONNECTIONS', 2, 1_000, 10),
  DATABASE_QUEUE: wholeNumber('DATABASE_QUEUE', 1, 100_000, 5_000),
  DATABASE_WAIT_SECONDS: wholeNumber('DATABASE_WAIT_SECONDS', 1, 3_600, 5),
  STATEMENT_LIMIT_SECONDS: wholeNumber('STATEMENT_LIMIT_SECONDS', 1, 3_600, 10),
  PREPARED_STATEMENTS: choice('PREPARED_STATEMENTS', ['auto', 'on', 'off'], 'auto'),
};
