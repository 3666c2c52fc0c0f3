import { existsSync } from 'node:fs';
import { z } from 'zod';
import { splitList } from '../split-list.js';
import { choice, fault, parsedUrl, quoted } from '../values.js';
import { operatorKeys } from './operator-keys.js';

const existingFile = (name: string) =>
  z
    .string()
    .refine(existsSync, {
      error: (issue) => `${name}: expected a file that exists, got ${quoted(issue.input)}`,
    })
    .optional();

/** Who may ask what. */
export const access = {
  OPERATOR_KEYS: z.string().default('').transform(operatorKeys),
  JWT_ISSUER: z.string().optional(),
  JWT_AUDIENCE: z.string().optional(),
  JWT_JWKS_URL: z
    .string()
    .refine((text) => isJwksUrl(parsedUrl(text)), {
      error: (issue) =>
        `JWT_JWKS_URL: expected an https URL (http only for this machine), got ${quoted(issue.input)}`,
    })
    .optional(),
  JWT_JWKS_FILE: existingFile('JWT_JWKS_FILE'),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text, context) =>
      splitList(text).filter((origin) => {
        const valid = origin === '*' || parsedUrl(origin)?.origin === origin;
        if (!valid)
          fault(context, `CORS_ORIGINS: expected origins such as https://example.org, got ${quoted(origin)}`);
        return valid;
      }),
    ),
  WITHHOLD_LISTENERS_UNDER: z
    .string()
    .default('off')
    .refine((text) => text === 'off' || (/^\d{1,4}$/.test(text) && Number(text) >= 3), {
      error: (issue) =>
        `WITHHOLD_LISTENERS_UNDER: expected a whole number from 3 to 9999, or off, got ${quoted(issue.input)}`,
    })
    .transform((text) => (text === 'off' ? 0 : Number(text))),
  TRUSTED_DOCUMENTS: choice('TRUSTED_DOCUMENTS', ['off', 'only'], 'off'),
  TRUSTED_DOCUMENTS_FILE: existingFile('TRUSTED_DOCUMENTS_FILE'),
  PUBLIC_INTROSPECTION: choice('PUBLIC_INTROSPECTION', ['auto', 'on', 'off'], 'auto'),
};

function isJwksUrl(url: URL | null): boolean {
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
