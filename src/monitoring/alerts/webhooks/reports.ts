import type { Logger } from 'pino';
import type { Reports } from './receiver.js';

/** How deliveries ended, since the start; a message to two receivers is two deliveries. */
export interface DeliveryCounts {
  readonly delivered: number;
  /** Tries that failed and were followed by another one. */
  readonly retried: number;
  /** Messages that were given up. */
  readonly failed: number;
  /** Messages that found no room, or were left when the gateway stopped. */
  readonly dropped: number;
}

/** Counts and logs what happens to messages. A receiver that is away is one line, until it answers again. */
export function createReports(
  receiver: string,
  counts: { -readonly [Name in keyof DeliveryCounts]: number },
  log: Pick<Logger, 'info' | 'warn' | 'error'>,
): Reports {
  let isAway = false;
  return {
    delivered() {
      counts.delivered += 1;
      if (isAway) log.info({ receiver }, 'the receiver of alerts answers again');
      isAway = false;
    },
    retried({ alert, state }, reason) {
      counts.retried += 1;
      if (!isAway)
        log.warn({ receiver, alert, state, reason }, 'an alert was not delivered; it is tried again');
      isAway = true;
    },
    failed({ alert, state }, reason) {
      counts.failed += 1;
      log.error({ receiver, alert, state, reason }, 'an alert was not delivered; it is given up');
    },
    dropped(messages, reason) {
      counts.dropped += messages.length;
      log.error({ receiver, messages: messages.length, reason }, 'alerts were dropped');
    },
  };
}
