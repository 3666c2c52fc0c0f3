const firstPauseMs = 250;
const maxPauseMs = 30_000;
/** A worker that answered for so long did not fail at its start. */
const livedMs = 10_000;

/** How long to wait before a worker that ended is replaced, in milliseconds. */
export interface Pauses {
  /** @param servedMs how long it was ready; null when it never was */
  after(servedMs: number | null): number;
}

/** The first one is replaced at once; the pause grows while they end again and again soon after their start. */
export function createPauses(): Pauses {
  let failures = 0;
  return {
    after(servedMs) {
      if (servedMs !== null && servedMs >= livedMs) failures = 0;
      const pauseMs = failures === 0 ? 0 : Math.min(maxPauseMs, firstPauseMs * 2 ** (failures - 1));
      failures += 1;
      return pauseMs;
    },
  };
}
