import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { ownVersion } from '../database/migrations/version.js';
import { createWebhooks, type Webhooks } from '../monitoring/alerts/webhooks/webhooks.js';

export interface AlertingOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
}

const nowhere: Webhooks = {
  send: () => {},
  counts: { delivered: 0, retried: 0, failed: 0, dropped: 0 },
  stop: async () => {},
};

/** Sends alerts where the configuration says. */
export function createAlerting({ config, log, now, elapsedMs }: AlertingOptions): Webhooks {
  if (config.webhooks === null) return nowhere;
  const sender = { instance: config.instanceName ?? nameByAddress(config), version: ownVersion };
  return createWebhooks({ config: config.webhooks, sender, log, now, elapsedMs });
}

/** Any free port is not known before the gateway listens; the process is. */
function nameByAddress({ port }: Config): string {
  return `${hostname()}:${port === 0 ? `process-${process.pid}` : port}`;
}
