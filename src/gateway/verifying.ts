import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { runVerification } from '../monitoring/verification/run-verification.js';
import { scheduleVerifications, type VerificationSchedule } from '../monitoring/verification/schedule.js';
import type { Pools } from './databases/pools.js';

export interface VerifyingOptions {
  readonly config: Config;
  readonly pools: Pools;
  readonly log: Logger;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
}

/** The schedule that verifies the views; null when there is none. */
export function createVerifying(options: VerifyingOptions): VerificationSchedule | null {
  const { config, pools, log, now, elapsedMs } = options;
  if (config.verifySchedule === null) return null;
  return scheduleVerifications({
    schedule: config.verifySchedule,
    now,
    elapsedMs,
    run: (tick, signal) =>
      runVerification(pools.verification, { tick, signal, limitMs: config.verifyLimitSeconds * 1000 }),
    onEnd(outcome, durationMs) {
      if (outcome === 'failed') log.error('a verification of the views failed');
      else log.info({ outcome, durationMs }, 'verification');
    },
    onFailure: (error) => log.error({ err: error }, 'a failed verification of the views was not recorded'),
  });
}
