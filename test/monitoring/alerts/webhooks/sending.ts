import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { readWebhooks, type WebhookConfig } from '../../../../src/config/webhooks.js';
import { createLogger } from '../../../../src/http/logs/logger.js';
import type { AlertRecord } from '../../../../src/monitoring/alerts/alerts.js';
import type { DeliveryLimits } from '../../../../src/monitoring/alerts/webhooks/receiver.js';
import type { Resolve } from '../../../../src/monitoring/alerts/webhooks/receiver-addresses.js';
import { createWebhooks, type Webhooks } from '../../../../src/monitoring/alerts/webhooks/webhooks.js';
import { secret } from './receiver-server.js';

export function configOf(urls: readonly string[], allowed = '127.0.0.0/8'): WebhookConfig {
  const faults: string[] = [];
  const config = readWebhooks(
    {
      ALERT_WEBHOOK_URLS: urls.join(','),
      ALERT_WEBHOOK_SECRET: secret,
      ALERT_WEBHOOK_ALLOW_PRIVATE: allowed,
    },
    (fault) => void faults.push(fault),
  );
  expect(faults).toEqual([]);
  return config as WebhookConfig;
}

export interface Sending {
  readonly webhooks: Webhooks;
  readonly lines: readonly string[];
  /** What was logged, without the time. */
  logged(): Record<string, unknown>[];
}

/** Webhooks that wait only a moment between their tries. */
export function startSending(
  config: WebhookConfig,
  limits: Partial<DeliveryLimits> = {},
  resolve?: Resolve,
): Sending {
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'info' }, { write: (line) => void lines.push(line) });
  const webhooks = createWebhooks({
    config,
    sender: { instance: 'here:4000', version: '1.2.3' },
    log,
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    limits: { firstPauseMs: 10, ...limits },
    ...(resolve ? { resolve } : {}),
  });
  return { webhooks, lines, logged: () => lines.map((line) => JSON.parse(line)) };
}

export function alertOf(changes: Partial<AlertRecord> = {}): AlertRecord {
  const raisedAt = new Date('2026-03-01T12:00:00.000Z');
  return {
    id: randomUUID(),
    kind: 'slowQuery',
    subject: 'songs.list',
    message: 'The query songs.list took 1500 ms; expected at most 1000 ms.',
    value: 1500.25,
    threshold: 1000,
    raisedAt,
    lastSeenAt: raisedAt,
    count: 1,
    recoveredAt: null,
    ...changes,
  };
}
