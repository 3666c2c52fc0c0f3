import { GatewayError } from '../../errors.js';

/** Runs one piece of work at a time and refuses another immediately instead of queueing it. */
export interface OneAtATime {
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** `what` names the work in the error message, such as `explain`. */
export function createOneAtATime(what: string): OneAtATime {
  let isRunning = false;
  return {
    async run(work) {
      if (isRunning)
        throw new GatewayError(
          'RATE_LIMITED',
          `${what}: expected no other ${what} running on this gateway, but one is. Try again when it has ended.`,
        );
      isRunning = true;
      try {
        return await work();
      } finally {
        isRunning = false;
      }
    },
  };
}
