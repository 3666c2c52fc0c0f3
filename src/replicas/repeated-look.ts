/** Looks at one server again and again. */
export interface RepeatedLook {
  start(): void;
  /** Looks in a moment, and again soon as long as `isAwaited`. */
  lookSoon(): void;
  /** Waits for the look that is under way. */
  stop(): Promise<void>;
}

export interface RepeatedLookOptions {
  /** Never rejects. */
  readonly look: () => Promise<void>;
  /** Whether what was found is about to change, so that it is worth looking again soon. */
  readonly isAwaited: () => boolean;
  readonly pauseMs?: number;
  readonly firstPauseMs?: number;
}

/** Looks one after the other, never two at once. While something is awaited the pause starts short and doubles. */
export function repeatLook(options: RepeatedLookOptions): RepeatedLook {
  const { look, isAwaited, pauseMs = 1_000, firstPauseMs = 5 } = options;
  let state: 'not started' | 'looking' | 'pausing' | 'pausing shortly' | 'stopped' = 'not started';
  let isWantedAgain = false;
  let shortPauseMs = pauseMs;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const pause = () => {
    const isShort = isWantedAgain || (isAwaited() && shortPauseMs < pauseMs);
    if (!isShort) shortPauseMs = pauseMs;
    isWantedAgain = false;
    clearTimeout(timer);
    timer = setTimeout(beat, isShort ? shortPauseMs : pauseMs).unref();
    shortPauseMs *= 2;
    state = isShort ? 'pausing shortly' : 'pausing';
  };
  const beat = () => {
    state = 'looking';
    running = look().then(() => {
      if (state === 'looking') pause();
    });
  };

  return {
    start: beat,
    lookSoon() {
      if (state === 'not started' || state === 'stopped') return;
      shortPauseMs = firstPauseMs;
      isWantedAgain = state !== 'pausing shortly';
      if (state === 'pausing') pause();
    },
    async stop() {
      state = 'stopped';
      clearTimeout(timer);
      await running;
    },
  };
}
