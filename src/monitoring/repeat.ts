/** Something that is done again and again until it is stopped. */
export interface Repetition {
  stop(): Promise<void>;
}

/**
 * Does `work` at once and then again, `pauseMs` after it has ended, so that it never runs beside itself. The timer
 * does not keep the process alive. What `work` throws is for `onFailure`.
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
