/** A signal that aborts after a time, or when `stop` does; `end` is to be called when it is no longer needed. */
export interface DeadlineSignal {
  readonly signal: AbortSignal;
  end(): void;
}

/** Its own timer, because Node.js 20 may collect a signal of `AbortSignal.any` before it aborts. */
export function startDeadline(limitMs: number, stop: AbortSignal): DeadlineSignal {
  const trying = new AbortController();
  const abort = () => trying.abort();
  const late = setTimeout(abort, limitMs);
  stop.addEventListener('abort', abort, { once: true });
  return {
    signal: trying.signal,
    end() {
      clearTimeout(late);
      stop.removeEventListener('abort', abort);
    },
  };
}
