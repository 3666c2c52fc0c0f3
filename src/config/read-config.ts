import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type Config, type JwtConfig, logFormats, logLevels, type OperatorKey } from './config.js';
import { defaultConnectionLimits, readLimits } from './limits.js';
import { isNetwork } from './network.js';
import { readReadUrls } from './read-urls.js';
import { faultsOfViewSchedules, isCronExpression, readViewSchedules } from './schedules.js';
import { Secret } from './secret.js';
import { splitList } from './split-list.js';
import { readTracing } from './tracing/read-tracing.js';
import { parsedUrl, quoted, wholeNumber } from './values.js';
import { readWebhooks } from './webhooks.js';

/** A configuration that cannot be used; `faults` names everything that is wrong with it, at once. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

const shortestOperatorSecret = 32;
const maxWorkers = 128;

/**
 * Reads the environment into a frozen `Config`.
 * An empty variable counts as unset, as in a compose file. No message ever repeats the value of a secret.
 * @throws ConfigurationError naming every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' && name in variables.shape),
  );
  const result = variables.safeParse(given);
  const viewSchedules = readViewSchedules(environment);
  const webhookFaults: string[] = [];
  const webhooks = readWebhooks(given, (message) => void webhookFaults.push(message));
  const tracing = readTracing(environment);
  const faults = [
    ...(result.error?.issues ?? []).map((issue) => issue.message),
    ...faultsBetween(given),
    ...faultsOfViewSchedules(viewSchedules, given.REFRESH_SCHEDULE),
    ...webhookFaults,
    ...tracing.faults,
  ];
  if (!result.success || faults.length > 0) throw new ConfigurationError(faults);
  const values = result.data;
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL,
    databaseReadUrls: values.DATABASE_READ_URLS,
    dataDir: values.DATA_DIR,
    host: values.HOST,
    port: values.PORT,
    workers: values.WORKERS,
    refreshSchedule: values.REFRESH_SCHEDULE === 'off' ? null : values.REFRESH_SCHEDULE,
    viewSchedules: Object.freeze(viewSchedules),
    verifySchedule: values.VERIFY_SCHEDULE === 'off' ? null : values.VERIFY_SCHEDULE,
    verifyLimitSeconds: values.VERIFY_LIMIT_SECONDS,
    webhooks,
    instanceName: values.INSTANCE_NAME ?? null,
    operatorKeys: values.OPERATOR_KEYS,
    jwt: jwtConfig(values),
    corsOrigins: values.CORS_ORIGINS,
    demoLive: values.DEMO_LIVE === 'on',
    databaseConnections: values.DATABASE_CONNECTIONS,
    databaseQueue: values.DATABASE_QUEUE,
    databaseWaitSeconds: values.DATABASE_WAIT_SECONDS,
    statementLimitSeconds: values.STATEMENT_LIMIT_SECONDS,
    requestLimitSeconds: values.REQUEST_LIMIT_SECONDS,
    requestsAtOnce: values.REQUESTS_AT_ONCE,
    exportsAtOnce: values.EXPORTS_AT_ONCE,
    exportLimitSeconds: values.EXPORT_LIMIT_SECONDS,
    connectionLimits: Object.freeze({
      open: values.CONNECTIONS,
      unfinished: values.UNFINISHED_CONNECTIONS,
      unfinishedPerAddress: values.UNFINISHED_PER_ADDRESS,
    }),
    responseCacheMegabytes: values.RESPONSE_CACHE,
    staleLimitSeconds: values.STALE_LIMIT_SECONDS,
    preparesStatements:
      values.PREPARED_STATEMENTS === 'auto'
        ? !values.DATABASE_DIRECT_URL
        : values.PREPARED_STATEMENTS === 'on',
    limits: values.LIMITS,
    limitsRate: values.RATE_LIMIT === 'on',
    trustedDocumentsOnly: values.TRUSTED_DOCUMENTS === 'only',
    trustedDocumentsFile: values.TRUSTED_DOCUMENTS_FILE,
    edgePurgeUrls: values.EDGE_PURGE_URLS,
    edgePurgeToken: values.EDGE_PURGE_TOKEN,
    describesSchema:
      values.PUBLIC_INTROSPECTION === 'auto'
        ? values.NODE_ENV !== 'production'
        : values.PUBLIC_INTROSPECTION === 'on',
    logLevel: values.LOG_LEVEL,
    logFormat: values.LOG_FORMAT,
    trustProxy: values.TRUST_PROXY,
    tracing: tracing.config,
  });
}

const postgresUrl = (name: string) =>
  z
    .string()
    .refine((text) => /^postgres(ql)?:$/.test(parsedUrl(text)?.protocol ?? ''), {
      error: `${name}: expected a URL such as postgresql://user:password@host:5432/database, got something else`,
    })
    .transform((text) => new Secret(text))
    .optional();

const variables = z.object({
  DATABASE_URL: postgresUrl('DATABASE_URL'),
  DATABASE_DIRECT_URL: postgresUrl('DATABASE_DIRECT_URL'),
  DATABASE_READ_URLS: z
    .string()
    .default('')
    .transform((text, context) => readReadUrls(text, (message) => fault(context, message))),
  DATA_DIR: z.string().default('.data'),
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
  REFRESH_SCHEDULE: z
    .string()
    .default('* * * * *')
    .refine((text) => text === 'off' || isCronExpression(text), {
      error: (issue) =>
        `REFRESH_SCHEDULE: expected a cron expression such as "*/5 * * * *", or off, got ${quoted(issue.input)}`,
    }),
  VERIFY_SCHEDULE: z
    .string()
    .default('off')
    .refine((text) => text === 'off' || isCronExpression(text), {
      error: (issue) =>
        `VERIFY_SCHEDULE: expected a cron expression such as "30 3 * * *", or off, got ${quoted(issue.input)}`,
    }),
  VERIFY_LIMIT_SECONDS: wholeNumber('VERIFY_LIMIT_SECONDS', 1, 3_600, 600),
  ALERT_WEBHOOK_URLS: z.string().optional(),
  ALERT_WEBHOOK_SECRET: z.string().optional(),
  ALERT_WEBHOOK_ALLOW_PRIVATE: z.string().optional(),
  INSTANCE_NAME: z
    .string()
    .refine((text) => /^[\w.:-]{1,64}$/.test(text), {
      error: (issue) =>
        `INSTANCE_NAME: expected 1 to 64 letters, digits, _ . : -, got ${quoted(issue.input)}`,
    })
    .optional(),
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
  JWT_JWKS_FILE: z
    .string()
    .refine(existsSync, {
      error: (issue) => `JWT_JWKS_FILE: expected a file that exists, got ${quoted(issue.input)}`,
    })
    .optional(),
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
  DEMO_LIVE: z
    .enum(['on', 'off'], {
      error: (issue) => `DEMO_LIVE: expected on or off, got ${quoted(issue.input)}`,
    })
    .default('on'),
  DATABASE_CONNECTIONS: wholeNumber('DATABASE_CONNECTIONS', 2, 1_000, 10),
  DATABASE_QUEUE: wholeNumber('DATABASE_QUEUE', 1, 100_000, 5_000),
  DATABASE_WAIT_SECONDS: wholeNumber('DATABASE_WAIT_SECONDS', 1, 3_600, 5),
  STATEMENT_LIMIT_SECONDS: wholeNumber('STATEMENT_LIMIT_SECONDS', 1, 3_600, 10),
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
  PREPARED_STATEMENTS: z
    .enum(['auto', 'on', 'off'], {
      error: (issue) => `PREPARED_STATEMENTS: expected auto, on or off, got ${quoted(issue.input)}`,
    })
    .default('auto'),
  LIMITS: z
    .string()
    .default('')
    .transform((text, context) => readLimits(splitList(text), (message) => fault(context, message))),
  RATE_LIMIT: z
    .enum(['on', 'off'], {
      error: (issue) => `RATE_LIMIT: expected on or off, got ${quoted(issue.input)}`,
    })
    .default('on'),
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
  TRUSTED_DOCUMENTS: z
    .enum(['off', 'only'], {
      error: (issue) => `TRUSTED_DOCUMENTS: expected off or only, got ${quoted(issue.input)}`,
    })
    .default('off'),
  TRUSTED_DOCUMENTS_FILE: z
    .string()
    .refine(existsSync, {
      error: (issue) => `TRUSTED_DOCUMENTS_FILE: expected a file that exists, got ${quoted(issue.input)}`,
    })
    .optional(),
  PUBLIC_INTROSPECTION: z
    .enum(['auto', 'on', 'off'], {
      error: (issue) => `PUBLIC_INTROSPECTION: expected auto, on or off, got ${quoted(issue.input)}`,
    })
    .default('auto'),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z
    .enum(logLevels, {
      error: (issue) => `LOG_LEVEL: expected one of ${logLevels.join(', ')}, got ${quoted(issue.input)}`,
    })
    .default('info'),
  LOG_FORMAT: z
    .enum(logFormats, {
      error: (issue) => `LOG_FORMAT: expected one of ${logFormats.join(', ')}, got ${quoted(issue.input)}`,
    })
    .default('auto'),
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
});

/** What is wrong between variables that are each right by themselves. */
function faultsBetween(given: Readonly<Record<string, string | undefined>>): string[] {
  const faults: string[] = [];
  if (givesJwt(given)) {
    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'])
      if (!given[name]) faults.push(`${name}: expected, because other JWT_ variables are set`);
    if (Boolean(given.JWT_JWKS_URL) === Boolean(given.JWT_JWKS_FILE))
      faults.push('JWT_JWKS_URL, JWT_JWKS_FILE: expected exactly one of the two');
  }
  // A limit that is reached only after the one around it says nothing.
  const limits = ['DATABASE_WAIT_SECONDS', 'STATEMENT_LIMIT_SECONDS', 'REQUEST_LIMIT_SECONDS'] as const;
  const read = variables.pick({
    DATABASE_WAIT_SECONDS: true,
    STATEMENT_LIMIT_SECONDS: true,
    REQUEST_LIMIT_SECONDS: true,
  });
  const seconds = read.safeParse(given).data;
  if (seconds && !limits.every((name, index) => index === 0 || seconds[limits[index - 1]!] < seconds[name]))
    faults.push(
      `${limits.join(', ')}: expected each to be larger than the one before, got ${limits.map((name) => seconds[name]).join(', ')}`,
    );
  if (given.DATABASE_DIRECT_URL && !given.DATABASE_URL)
    faults.push('DATABASE_DIRECT_URL: expected only together with DATABASE_URL');
  if (given.DATABASE_READ_URLS && !given.DATABASE_URL)
    faults.push(
      'DATABASE_READ_URLS: expected only together with DATABASE_URL, because the embedded database has no replicas',
    );
  if (Number(given.WORKERS) > 1 && !given.DATABASE_URL)
    faults.push(
      `WORKERS: expected 1 or auto without DATABASE_URL, because one process owns the embedded database, got ${quoted(given.WORKERS)}`,
    );
  // The embedded database is one session, whose statements can neither be cancelled nor limited in time.
  if (!['off', undefined].includes(given.VERIFY_SCHEDULE) && !given.DATABASE_URL)
    faults.push(
      'VERIFY_SCHEDULE: expected only together with DATABASE_URL, because in the embedded database a verification holds up every query; stop the gateway and run `mycelix-analytics verify` instead',
    );
  return faults;
}

function givesJwt(given: object): boolean {
  return Object.keys(given).some((name) => name.startsWith('JWT_'));
}

function jwtConfig(values: z.infer<typeof variables>): JwtConfig | undefined {
  if (!values.JWT_ISSUER || !values.JWT_AUDIENCE) return undefined;
  return {
    issuer: values.JWT_ISSUER,
    audience: values.JWT_AUDIENCE,
    jwksUrl: values.JWT_JWKS_URL,
    jwksFile: values.JWT_JWKS_FILE,
  };
}

/** Splits `name:secret,name:secret`. The secrets stay out of every message. */
function operatorKeys(text: string, context: z.RefinementCtx): OperatorKey[] {
  const names = new Set<string>();
  return splitList(text).map((entry, index) => {
    const separator = entry.indexOf(':');
    const name = separator < 0 ? '' : entry.slice(0, separator);
    const secret = entry.slice(separator + 1);
    if (!/^[\w.-]{1,64}$/.test(name))
      fault(
        context,
        `OPERATOR_KEYS: expected name:secret, got something else in entry ${index + 1} (a name is 1 to 64 letters, digits, _ . -)`,
      );
    else if (names.has(name))
      fault(context, `OPERATOR_KEYS: expected each name once, got ${quoted(name)} twice`);
    else if (secret.length < shortestOperatorSecret)
      fault(
        context,
        `OPERATOR_KEYS: expected a secret of at least ${shortestOperatorSecret} characters for ${quoted(name)}, got ${secret.length}`,
      );
    names.add(name);
    return { name, secret: new Secret(secret) };
  });
}

function fault(context: z.RefinementCtx, message: string): void {
  context.issues.push({ code: 'custom', message, input: undefined });
}

function isJwksUrl(url: URL | null): boolean {
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
