import type { Cancellation } from './cancellation.js';

/** Aborts when one of two does. */
export class EitherCancellation implements Cancellation {
  constructor(
    private readonly first: Cancellation,
    private readonly second: Cancellation,
  ) {}

  get aborted(): boolean {
    return this.first.aborted || this.second.aborted;
  }

  get reason(): unknown {
    return this.first.aborted ? this.first.reason : this.second.reason;
  }

  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void {
    this.first.addEventListener(type, listener, options);
    this.second.addEventListener(type, listener, options);
  }

  removeEventListener(type: 'abort', listener: () => void): void {
    this.first.removeEventListener(type, listener);
    this.second.removeEventListener(type, listener);
  }
}
