/** Tells that nobody waits any more: as much of an `AbortSignal` as reading needs, so that one will do, too. */
export interface Ending {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** An ending that can be brought about. Listeners cost a tenth of what they cost an `AbortSignal`. */
export class Ended implements Ending {
  aborted = false;
  reason: unknown;
  /** Most endings never have a listener. */
  #listeners: Set<() => void> | null = null;

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners ?? []) listener();
    this.#listeners = null;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners?.delete(listener);
  }
}
