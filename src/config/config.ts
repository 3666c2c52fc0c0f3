import type { ConnectionLimits, Limits, Tier } from './limits.js';
import type { ReadUrl } from './read-urls.js';
import type { Secret } from './secret.js';
import type { TracingConfig } from './tracing/tracing-config.js';
import type { WebhookConfig } from './webhooks.js';

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
  /** Physical standbys of the database that public reads go to; none with the embedded one. */
  readonly databaseReadUrls: readonly ReadUrl[];
  readonly dataDir: string;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** How many processes answer on the port; `auto` means as many as there are cores. */
  readonly workers: number | 'auto';
  /** A cron expression; null means that this gateway refreshes only when it is told to. */
  readonly refreshSchedule: string | null;
  /** Cron expressions of views that are published on a schedule of their own, by the name of the view. */
  readonly viewSchedules: Readonly<Record<string, string>>;
  /** A cron expression; null means that this gateway never verifies the views by itself. */
  readonly verifySchedule: string | null;
  /** How long a verification may take, in seconds. */
  readonly verifyLimitSeconds: number;
  /** Where alerts are sent; null means nowhere. */
  readonly webhooks: WebhookConfig | null;
  /** What this gateway calls itself in alerts; null means by its host and port. */
  readonly instanceName: string | null;
  readonly operatorKeys: readonly OperatorKey[];
  readonly jwt?: JwtConfig;
  /** Origins a browser may call from; empty means same origin only. */
  readonly corsOrigins: readonly string[];
  readonly demoLive: boolean;
  /** How many connections answer the public. */
  readonly databaseConnections: number;
  /** How many queries may wait for one of them, and for how long, in seconds. */
  readonly databaseQueue: number;
  readonly databaseWaitSeconds: number;
  /** How long one statement may take, and how long a whole request, in seconds. */
  readonly statementLimitSeconds: number;
  readonly requestLimitSeconds: number;
  /** How many requests may be worked on at once; more are refused. What is kept already is not counted. */
  readonly requestsAtOnce: number;
  /** How many connections may be open, and how many of them unfinished. */
  readonly connectionLimits: ConnectionLimits;
  /** How many exports may run at once, and how long one may take, in seconds. */
  readonly exportsAtOnce: number;
  readonly exportLimitSeconds: number;
  /** How much memory answers may be kept in, in megabytes; 0 keeps none. */
  readonly responseCacheMegabytes: number;
  /** How long the last answers are shown, marked as stale, while the database is away, in seconds. */
  readonly staleLimitSeconds: number;
  /** Whether statements are prepared on the server: not behind a transaction pooler. */
  readonly preparesStatements: boolean;
  /** What requests may ask for, by who asks. */
  readonly limits: Readonly<Record<Tier, Limits>>;
  /** Counts of different listeners below this number are withheld; 0 withholds none. */
  readonly withholdListenersUnder: number;
  /** Whether those are refused who ask for too much in a short time. */
  readonly limitsRate: boolean;
  /** Whether those who are no operators may ask trusted documents only, and the file of these if it is not our own. */
  readonly trustedDocumentsOnly: boolean;
  readonly trustedDocumentsFile?: string;
  /** Where the edges in front of the gateway take purges, and the bearer token that they want. */
  readonly edgePurgeUrls: readonly Secret[];
  readonly edgePurgeToken?: Secret | undefined;
  /** Whether the public may find out what is in its schema: by introspection, or by suggestions in errors. */
  readonly describesSchema: boolean;
  readonly logLevel: LogLevel;
  /** Lines for people or for programs; `auto` is for people where the log is a terminal. */
  readonly logFormat: LogFormat;
  /** Networks (CIDR) whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  /** Where traces are sent; null where none are made. */
  readonly tracing: TracingConfig | null;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ['auto', 'pretty', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];
