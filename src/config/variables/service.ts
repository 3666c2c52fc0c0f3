import { z } from 'zod';
import { logFormats, logLevels } from '../config.js';
import { isNetwork } from '../network.js';
import { splitList } from '../split-list.js';
import { choice, fault, quoted } from '../values.js';

const maxWorkers = 128;

/** Where the gateway answers, and what it says of itself. */
export const service = {
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .default('4000')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65535, {
      error: (issue) => `PORT: expected a whole number from 0 to 65535, got ${quoted(issue.input)}`,
    })
    .transform(Number),
  WORKERS: z
    .string()
    .default('1')
    .refine((text) => text === 'auto' || (/^\d{1,3}$/.test(text) && +text >= 1 && +text <= maxWorkers), {
      error: (issue) =>
        `WORKERS: expected a whole number from 1 to ${maxWorkers}, or auto, got ${quoted(issue.input)}`,
    })
    .transform((text) => (text === 'auto' ? text : Number(text))),
  INSTANCE_NAME: z
    .string()
    .refine((text) => /^[\w.:-]{1,64}$/.test(text), {
      error: (issue) =>
        `INSTANCE_NAME: expected 1 to 64 letters, digits, _ . : -, got ${quoted(issue.input)}`,
    })
    .optional(),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: choice('LOG_LEVEL', logLevels, 'info'),
  LOG_FORMAT: choice('LOG_FORMAT', logFormats, 'auto'),
  TRUST_PROXY: z
    .string()
    .default('')
    .transform((text, context) =>
      splitList(text).filter((network) => {
        const valid = isNetwork(network);
        if (!valid)
          fault(context, `TRUST_PROXY: expected networks such as 10.0.0.0/8, got ${quoted(network)}`);
        return valid;
      }),
    ),
};
