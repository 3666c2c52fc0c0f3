import type { Secret } from './secret.js';

/** One operator credential: a name for the audit trail, and what has to be presented as a bearer token. */
export interface OperatorKey {
  readonly name: string;
  readonly secret: Secret;
}

/** Where signed tokens come from and what they must say. */
export interface JwtConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Exactly one of the two is set. */
  readonly jwksUrl?: string;
  readonly jwksFile?: string;
}

/** Everything the environment decides, read once at the start and frozen. */
export interface Config {
  /** Unset means the embedded database in `dataDir`. */
  readonly databaseUrl?: Secret;
  /** For LISTEN and migrations, when `databaseUrl` leads through a transaction pooler. */
  readonly databaseDirectUrl?: Secret;
  readonly dataDir: string;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** A cron expression; null means that this gateway refreshes only when it is told to. */
  readonly refreshSchedule: string | null;
  readonly operatorKeys: readonly OperatorKey[];
  readonly jwt?: JwtConfig;
  /** Origins a browser may call from; empty means same origin only. */
  readonly corsOrigins: readonly string[];
  readonly demoLive: boolean;
  /** How much memory answers may be kept in, in megabytes; 0 keeps none. */
  readonly responseCacheMegabytes: number;
  /** How long the last answers are shown, marked as stale, while the database is away, in seconds. */
  readonly staleLimitSeconds: number;
  /** Whether statements are prepared on the server: not behind a transaction pooler. */
  readonly preparesStatements: boolean;
  readonly logLevel: LogLevel;
  /** Networks (CIDR) whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
