/** What this gateway knows of the ledger, by its watcher. */
export interface Ledger {
  /** The state that was announced last; null before the first one. */
  readonly announced: () => number | null;
  /** How long ago the ledger was last seen, in milliseconds. */
  readonly silentMs: () => number;
  /** Looks at the ledger; what it finds has been announced when it settles. */
  readonly look: () => Promise<void>;
}

/** Judges rows by the state that they were read at. */
export interface AnnouncedState {
  /** Null as long as no replica can be trusted: nothing was announced, or somebody was shown more than was announced. */
  known(): number | null;
  /**
   * Whether rows of a replica are no older than what was announced when they were asked for. Rows of a state that is not
   * known wait for a look at the ledger.
   */
  isCurrent(state: number | null, whenAsked: number): Promise<boolean>;
  /**
   * To be told of the state that the primary showed. Until the ledger has been looked at again, a replica that
   * shows the announced state may be behind what a client has seen.
   */
  sawOnPrimary(state: number | null): void;
}

export function createAnnouncedState(ledger: Ledger, elapsedMs: () => number): AnnouncedState {
  /** When the primary last showed a state that had not been announced. */
  let unknownAtMs = Number.NEGATIVE_INFINITY;
  return {
    known() {
      const lookedAtMs = elapsedMs() - ledger.silentMs();
      return lookedAtMs > unknownAtMs ? ledger.announced() : null;
    },
    async isCurrent(state, whenAsked) {
      if (state === null) return false;
      if (state === whenAsked || state === ledger.announced()) return true;
      await ledger.look();
      return state === ledger.announced();
    },
    sawOnPrimary(state) {
      if (state === null || state === ledger.announced()) return;
      unknownAtMs = elapsedMs();
      void ledger.look();
    },
  };
}
