import 'reflect-metadata';
import type { Logger } from 'pino';
import { readConfig } from './config/read-config.js';
import { openApp } from './gateway/open-app.js';
import { createLogger, screenOf } from './http/logs/logger.js';
import type { GatewayEvents } from './monitoring/alerts/events.js';

export { ConfigurationError } from './config/read-config.js';
export type {
  GatewayEventMap,
  GatewayEvents,
  PoolWarningEvent,
  QueryErrorEvent,
  QueryEvent,
  SlowQueryEvent,
  StaleViewEvent,
} from './monitoring/alerts/events.js';

/** What to make a gateway from. */
export interface GatewayOptions {
  /**
   * By the names of the environment variables in docs/settings.md, such as `DATABASE_URL`; other names are ignored.
   * The environment of the process is not read: hand it over if that is what it shall be. Without `DATABASE_URL` it
   * is the embedded database in `DATA_DIR`, `.data` unless said.
   */
  readonly settings?: Readonly<Record<string, string | undefined>>;
  /** Fills an embedded database that is empty with demo data, which takes some seconds. Not unless said. */
  readonly demo?: boolean;
  /** Where log lines go; a logger of its own on stdout, as `LOG_LEVEL` and `LOG_FORMAT` say, if there is none. */
  readonly log?: Logger;
  /** The clock. */
  readonly now?: () => Date;
}

/** A gateway inside of another program. */
export interface Gateway {
  /** Begins to answer. @returns the URL, with the port that it was given. */
  listen(): Promise<string>;
  /** Settles when it can answer from the database for the first time. It does not have to listen for that. */
  readonly ready: Promise<void>;
  /** Says `slowQuery`, `queryError`, `poolWarning`, `poolStats` and `staleView`. */
  readonly events: GatewayEvents;
  /** The secret of the operator of an embedded database that was given no `OPERATOR_KEYS`; otherwise null. */
  readonly operatorKey: string | null;
  /**
   * Settles with the reason when the embedded database has ended by itself: its folder was removed, or its disk is full.
   * Nothing can be answered any more; close the gateway and make another one. Never settles with a server.
   */
  readonly lost: Promise<Error>;
  /** Finishes what is running, ends everything that was started, and closes the database. */
  close(): Promise<void>;
}

/**
 * Makes the gateway that `mycelix-analytics serve` runs, for a program of your own.
 * @throws ConfigurationError naming everything that is wrong with `settings`; Error when another process is using
 *   the folder of the embedded database.
 */
export async function createGateway({
  settings = {},
  demo = false,
  log,
  now = () => new Date(),
}: GatewayOptions = {}): Promise<Gateway> {
  const config = readConfig(settings);
  const { app, operatorKey } = await openApp({
    config,
    log: log ?? createLogger(config, undefined, screenOf(process.stdout, settings)),
    now,
    demo,
  });
  return {
    listen: () => app.listen(),
    ready: app.ready,
    events: app.events,
    operatorKey,
    lost: app.lost,
    close: () => app.close(),
  };
}
