import type { Logger } from 'pino';
import type { WebhookConfig, WebhookReceiver } from '../../../config/webhooks.js';
import { startDeadline } from '../../../deadline-signal.js';
import type { AlertRecord } from '../alerts.js';
import { type Message, type Sender, writeMessage } from './message.js';
import { outcomeOfAnswer, outcomeOfError } from './outcome.js';
import { postMessage } from './post-message.js';
import { createReceiver, type DeliveryLimits } from './receiver.js';
import { findAddresses, type Resolve, resolveHost } from './receiver-addresses.js';
import { createReports, type DeliveryCounts } from './reports.js';
import { signMessage } from './sign-message.js';

export interface WebhooksOptions {
  readonly config: WebhookConfig;
  readonly sender: Sender;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly resolve?: Resolve;
  readonly limits?: Partial<DeliveryLimits>;
}

/** Sends alerts to every receiver. */
export interface Webhooks {
  /** Returns at once, and never throws. */
  send(alert: AlertRecord): void;
  readonly counts: DeliveryCounts;
  /** Delivers what waits, for a few seconds at most. */
  stop(): Promise<void>;
}

const defaultLimits: DeliveryLimits = {
  tryMs: 15_000,
  firstPauseMs: 1_000,
  maxPauseMs: 5 * 60_000,
  giveUpMs: 60 * 60_000,
  drainMs: 3_000,
  maxWaiting: 200,
};

export function createWebhooks(options: WebhooksOptions): Webhooks {
  const { config, sender, log, now, elapsedMs, resolve = resolveHost } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const counts = { delivered: 0, retried: 0, failed: 0, dropped: 0 };

  const attempt = async ({ url: secretUrl, host }: WebhookReceiver, message: Message, stop: AbortSignal) => {
    const deadline = startDeadline(limits.tryMs, stop);
    const { signal } = deadline;
    try {
      const url = new URL(secretUrl.reveal());
      const addresses = await beforeEndOf(signal, findAddresses(url, host, config.privateReceivers, resolve));
      const headers = {
        'content-type': 'application/json',
        'user-agent': `mycelix-analytics/${sender.version}`,
        ...signMessage(config.key, message.id, now(), message.body),
      };
      return outcomeOfAnswer(
        await postMessage({ url, addresses, headers, body: message.body, signal }),
        now(),
      );
    } catch (error) {
      return outcomeOfError(error);
    } finally {
      deadline.end();
    }
  };

  const receivers = config.receivers.map((receiver) =>
    createReceiver({
      attempt: (message, signal) => attempt(receiver, message, signal),
      limits,
      elapsedMs,
      report: createReports(receiver.host, counts, log),
    }),
  );
  return {
    send(alert) {
      const message = writeMessage(alert, sender);
      for (const receiver of receivers) receiver.add(message);
    },
    counts,
    stop: async () => void (await Promise.all(receivers.map((receiver) => receiver.stop()))),
  };
}

/** Resolving a name cannot be cancelled, only left alone. */
function beforeEndOf<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
