import type { Message } from './message.js';
import type { Outcome } from './outcome.js';
import { findNext, type Waiting } from './waiting-messages.js';

/** Bounds of deliveries; times in milliseconds. */
export interface DeliveryLimits {
  /** Of one try, from resolving the name to the end of the answer. */
  readonly tryMs: number;
  /** Before the second try; twice as long before each further one. */
  readonly firstPauseMs: number;
  readonly maxPauseMs: number;
  /** How long after it happened a message is tried again. */
  readonly giveUpMs: number;
  /** How long the end of the process waits for deliveries. */
  readonly drainMs: number;
  /** Messages that wait for one receiver. */
  readonly maxWaiting: number;
}

export interface ReceiverOptions {
  /** One try. It never throws; `signal` ends it early. */
  readonly attempt: (message: Message, signal: AbortSignal) => Promise<Outcome>;
  readonly limits: DeliveryLimits;
  readonly elapsedMs: () => number;
  readonly report: Reports;
}

/** What happens to the messages of a receiver. */
export interface Reports {
  delivered(message: Message): void;
  retried(message: Message, reason: string, failures: number): void;
  failed(message: Message, reason: string): void;
  dropped(messages: readonly Message[], reason: string): void;
}

export interface Receiver {
  /** Takes a message and returns at once. */
  add(message: Message): void;
  /** Tries once more what waits, for a short while, and drops the rest. */
  stop(): Promise<void>;
}

/** Delivers messages to one receiver, one at a time. */
export function createReceiver({ attempt, limits, elapsedMs, report }: ReceiverOptions): Receiver {
  const stopping = new AbortController();
  let waiting: Waiting[] = [];
  let current: { entry: Waiting; done: Promise<void> } | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let isGone = false;

  const remove = (entry: Waiting) => {
    waiting = waiting.filter((each) => each !== entry);
  };
  /** All but the one that is on its way, whose end is still to come. */
  const dropWaiting = (reason: string) => {
    const left = waiting.filter((each) => each !== current?.entry);
    if (left.length === 0) return;
    waiting = waiting.filter((each) => each === current?.entry);
    report.dropped(
      left.map(({ message }) => message),
      reason,
    );
  };

  const settle = (entry: Waiting, outcome: Outcome) => {
    const { message } = entry;
    if (outcome.kind === 'retry') {
      entry.failures += 1;
      const pauseMs = Math.max(outcome.afterMs, pauseAfter(entry.failures, limits));
      const isLast = isStopping || elapsedMs() + pauseMs - entry.queuedMs > limits.giveUpMs;
      if (!isLast) {
        entry.dueMs = elapsedMs() + pauseMs;
        report.retried(message, outcome.reason, entry.failures);
        return;
      }
    }
    remove(entry);
    if (outcome.kind === 'delivered') report.delivered(message);
    else report.failed(message, outcome.reason);
    if (outcome.kind !== 'gone') return;
    isGone = true;
    dropWaiting('the receiver wants no more messages');
  };

  const work = () => {
    clearTimeout(timer);
    const entry = current ? null : findNext(waiting);
    if (!entry) return;
    const waitMs = entry.dueMs - elapsedMs();
    if (waitMs > 0) {
      timer = setTimeout(work, waitMs).unref();
      return;
    }
    const done = attempt(entry.message, stopping.signal).then((outcome) => {
      current = null;
      settle(entry, outcome);
      work();
    });
    current = { entry, done };
  };

  return {
    add(message) {
      if (isGone || isStopping) {
        report.dropped([message], isGone ? 'the receiver wants no more messages' : 'the gateway stops');
        return;
      }
      const oldest = waiting.find((each) => each !== current?.entry);
      if (waiting.length >= limits.maxWaiting && oldest) {
        remove(oldest);
        report.dropped([oldest.message], `more than ${limits.maxWaiting} messages wait for the receiver`);
      }
      const now = elapsedMs();
      waiting.push({ message, queuedMs: now, dueMs: now, failures: 0 });
      work();
    },
    async stop() {
      isStopping = true;
      for (const entry of waiting) entry.dueMs = elapsedMs();
      work();
      const late = setTimeout(() => {
        dropWaiting('the gateway stops');
        stopping.abort();
      }, limits.drainMs);
      while (current) await current.done;
      clearTimeout(late);
    },
  };
}

/** Between half of the pause and all of it, so that receivers are not met by everybody at once when they come back. */
function pauseAfter(failures: number, { firstPauseMs, maxPauseMs }: DeliveryLimits): number {
  return Math.min(maxPauseMs, firstPauseMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}
