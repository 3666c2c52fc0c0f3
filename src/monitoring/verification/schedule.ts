import { Cron } from 'croner';
import type { RunOutcome } from './run-verification.js';

export interface ScheduleOptions {
  /** A cron expression, read in UTC. */
  readonly schedule: string;
  readonly run: (tick: Date, signal: AbortSignal) => Promise<RunOutcome>;
  readonly onEnd: (outcome: RunOutcome, durationMs: number) => void;
  readonly onFailure: (error: unknown) => void;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
}

export interface VerificationSchedule {
  start(): void;
  /** Ends the schedule; a verification that is running is cancelled and waited for. */
  stop(): Promise<void>;
}

/** Verifies by the clock. A tick that falls into a running verification is left out. */
export function scheduleVerifications(options: ScheduleOptions): VerificationSchedule {
  const { schedule, run, onEnd, onFailure, now, elapsedMs } = options;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const job = new Cron(schedule, { timezone: 'UTC', protect: true });

  const verify = async (tick: Date) => {
    const start = elapsedMs();
    try {
      const outcome = await run(tick, stopping.signal);
      if (!stopping.signal.aborted) onEnd(outcome, elapsedMs() - start);
    } catch (error) {
      if (!stopping.signal.aborted) onFailure(error);
    }
  };

  return {
    start() {
      if (stopping.signal.aborted) return;
      job.schedule((self: Cron) => {
        // Ticks come on whole seconds, and every gateway has to name the same one.
        const at = (self.currentRun() ?? now()).getTime();
        running = verify(new Date(Math.floor(at / 1000) * 1000));
        return running;
      });
    },
    async stop() {
      job.stop();
      stopping.abort();
      await running;
    },
  };
}
