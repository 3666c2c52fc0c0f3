import { Cron } from 'croner';
import type { Generation } from '../views/freshness.js';
import type { RefreshResult } from './refresh-views.js';

/** What the scheduler needs of its surroundings. */
export interface SchedulerOptions {
  /** Cron expressions, read in UTC. Each of their ticks is a refresh; those that fall together are one. */
  readonly schedules: readonly string[];
  /** The last refresh, from any process; null before the first one. */
  readonly lastRefresh: () => Promise<Generation | null>;
  /** Does nothing where a refresh ended since the tick. */
  readonly refresh: (signal: AbortSignal, tick: Date, last: Generation | null) => Promise<RefreshResult>;
  readonly now: () => Date;
  /** Whether ticks are taken; they are planned in any case. Always unless set. */
  readonly takesTicks?: () => boolean;
  readonly onRefresh?: (result: RefreshResult) => void;
  readonly onFailure?: (error: unknown, failures: number) => void;
}

export interface Scheduler {
  start(): void;
  /** The first tick after an instant, after now unless set; null when there is none, as before the start. */
  nextRun(after?: Date): Date | null;
  /** Ends the schedule; a refresh that is running is cancelled and waited for. */
  stop(): Promise<void>;
}

const maxBackOffMs = 10 * 60 * 1000;
const firstBackOffMs = 5_000;

/**
 * Refreshes by the clock. Any number of gateways may run one over the same database: whoever comes first at a tick
 * does the work, the others see it running or already done and leave it. A tick that falls into a running refresh
 * is dropped, and after failures the ticks are left out for longer and longer.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let failures = 0;
  let pausedUntil = 0;

  const refreshOnce = async (tick: Date) => {
    try {
      const last = await options.lastRefresh();
      if (last !== null && Date.parse(last.finishedAt) >= tick.getTime()) return;
      const result = await options.refresh(stopping.signal, tick, last);
      failures = 0;
      options.onRefresh?.(result);
    } catch (error) {
      if (stopping.signal.aborted) return;
      failures += 1;
      pausedUntil = options.now().getTime() + Math.min(maxBackOffMs, firstBackOffMs * 2 ** (failures - 1));
      options.onFailure?.(error, failures);
    }
  };

  const jobs = options.schedules.map((schedule) => new Cron(schedule, { timezone: 'UTC', protect: true }));
  const run = async (self: Cron) => {
    const tick = self.currentRun() ?? options.now();
    if (stopping.signal.aborted || options.now().getTime() < pausedUntil) return;
    if (options.takesTicks?.() === false) return;
    // Ticks come on whole seconds; what was refreshed since this one began need not be refreshed again for it.
    const second = new Date(Math.floor(tick.getTime() / 1000) * 1000);
    running = running.then(() => refreshOnce(second));
    await running;
  };

  let isStarted = false;
  return {
    start() {
      isStarted = true;
      for (const job of jobs) job.schedule(run);
    },
    nextRun(after) {
      if (!isStarted) return null;
      const runs = jobs.map((job) => job.nextRun(after)).filter((next) => next !== null);
      return runs.reduce<Date | null>((first, next) => (first === null || next < first ? next : first), null);
    },
    async stop() {
      for (const job of jobs) job.stop();
      stopping.abort();
      await running;
    },
  };
}
