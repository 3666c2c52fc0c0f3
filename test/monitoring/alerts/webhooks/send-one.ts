/** Sends one alert to a URL and prints what became of it: a process of its own has certificates of its own. */

import { readWebhooks } from '../../../../src/config/webhooks.js';
import { createWebhooks } from '../../../../src/monitoring/alerts/webhooks/webhooks.js';
import { alertOf } from './sending.js';

const config = readWebhooks(
  {
    ALERT_WEBHOOK_URLS: process.argv[2],
    ALERT_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    ALERT_WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8,localhost',
  },
  (fault) => {
    throw new Error(fault);
  },
);
if (!config) throw new Error('Expected a receiver.');
const reasons: unknown[] = [];
const note = (line: object) => void reasons.push((line as { reason?: unknown }).reason);
const webhooks = createWebhooks({
  config,
  sender: { instance: 'here', version: '1.2.3' },
  log: { info: note, warn: note, error: note } as never,
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  limits: { giveUpMs: 0 },
});
webhooks.send(alertOf());
await webhooks.stop();
console.log(JSON.stringify({ ...webhooks.counts, reasons }));
