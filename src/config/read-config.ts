import type { Config, JwtConfig } from './config.js';
import { faultsBetween } from './faults-between.js';
import { faultsOfViewSchedules, readViewSchedules } from './schedules.js';
import { readTracing } from './tracing/read-tracing.js';
import { type Values, variables } from './variables/index.js';
import { readWebhooks } from './webhooks.js';

/** A configuration that cannot be used; `faults` names everything that is wrong with it, at once. */
export class ConfigurationError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

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
    ...faultsOfViewSchedules(viewSchedules, given),
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
    withholdListenersUnder: values.WITHHOLD_LISTENERS_UNDER,
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

function jwtConfig(values: Values): JwtConfig | undefined {
  if (!values.JWT_ISSUER || !values.JWT_AUDIENCE) return undefined;
  return {
    issuer: values.JWT_ISSUER,
    audience: values.JWT_AUDIENCE,
    jwksUrl: values.JWT_JWKS_URL,
    jwksFile: values.JWT_JWKS_FILE,
  };
}
