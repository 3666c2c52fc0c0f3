/** A repeated task. `stop` waits for the run in progress. */
export interface Repetition {
  stop(): Promise<void>;
}

/**
 * Runs `work` now and again `pauseMs` after each run has ended; runs never overlap. The timer does not keep the
 * process alive. Errors go to `onFailure`.
 */
export function repeat(
  work: () => Promise<void> | void,
  pauseMs: number,
  onFailure: (error: unknown) => void,
): Repetition {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const once = () => {
    running = (async () => work())()
      .catch(onFailure)
      .then(() => {
        if (!isStopped) timer = setTimeout(once, pauseMs).unref();
      });
  };
  once();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
