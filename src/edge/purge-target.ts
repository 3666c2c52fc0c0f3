import { setTimeout as sleep } from 'node:timers/promises';

export interface PurgeTargetOptions {
  /** Asks the edge once. */
  readonly send: () => Promise<void>;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** `failures` is how many requests had failed before this one succeeded. */
  readonly onDone: (failures: number) => void;
  /** `failures` is how many have failed in a row. */
  readonly onFailure: (error: Error, failures: number) => void;
}

/** One edge. */
export interface PurgeTarget {
  purge(): void;
  /** Settles when nothing is left to do. */
  settled(): Promise<void>;
}

/** An answer in flight during the first purge is stored after it; a second purge removes it, so many milliseconds later. */
const againAfterMs = 1_000;
const firstPauseMs = 250;
const maxPauseMs = 10_000;

/** Purges one edge twice for each call of `purge`, and until it succeeds. Calls that come meanwhile are one. */
export function createPurgeTarget({ send, signal, onDone, onFailure }: PurgeTargetOptions): PurgeTarget {
  /** When purges are due, in milliseconds of `performance.now()`, in order. */
  let due: readonly number[] = [];
  let failures = 0;
  let running: Promise<void> | null = null;
  let wake = new AbortController();
  signal.addEventListener('abort', () => wake.abort(), { once: true });

  const pauseMs = () => (failures === 0 ? 0 : Math.min(maxPauseMs, firstPauseMs * 2 ** (failures - 1)));

  const sendOnce = async (dueAt: number) => {
    // Timers may fire a moment early.
    const until = Math.max(dueAt, performance.now());
    try {
      await send();
      due = due.filter((at) => at > until);
      onDone(failures);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      onFailure(error as Error, failures);
    }
  };

  const run = async () => {
    for (let [at] = due; at !== undefined && !signal.aborted; [at] = due) {
      const waitMs = Math.max(at - performance.now(), pauseMs());
      if (waitMs > 0) {
        wake = new AbortController();
        await sleep(waitMs, null, { signal: wake.signal }).catch(() => {});
      }
      if (!signal.aborted) await sendOnce(at);
    }
    running = null;
  };

  return {
    purge() {
      const now = performance.now();
      due = [now, now + againAfterMs];
      wake.abort();
      running ??= run();
    },
    settled: () => running ?? Promise.resolve(),
  };
}
