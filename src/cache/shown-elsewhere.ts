/** The refreshes that other processes on the same port have shown to clients. */
export interface ShownElsewhere {
  /** To be called before the first answer of a generation is given to a client. */
  show(generation: number): void;
  /**
   * Whether another process has shown a newer generation than `shown`. Where the ledger was read since and knows of
   * `latest` at most, the database was restored, and what was shown before counts no longer.
   */
  isNewer(shown: number | undefined, latest: number | undefined): boolean;
}

export interface ShownElsewhereOptions {
  /** The newest generation that any process has shown; 0 for none. Read at each answer from the cache. */
  readonly newest: () => number;
  readonly write: (generation: number) => void;
  /** How long ago the ledger was last read, in milliseconds. */
  readonly silentMs: () => number;
  readonly elapsedMs: () => number;
}

/**
 * Keeps a process from giving an older answer than another one has given already. One that hears of a refresh late reads
 * from the database instead, which has published it by then.
 */
export function createShownElsewhere(options: ShownElsewhereOptions): ShownElsewhere {
  let seen = 0;
  let seenAtMs = 0;
  return {
    show: options.write,
    isNewer(shown = 0, latest = 0) {
      const newest = options.newest();
      if (newest <= shown) return false;
      const now = options.elapsedMs();
      if (newest !== seen) {
        seen = newest;
        seenAtMs = now;
      }
      const isReadSince = options.silentMs() < now - seenAtMs;
      return !(isReadSince && latest < newest);
    },
  };
}
