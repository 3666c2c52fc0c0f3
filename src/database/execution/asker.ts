import { CancellationSource } from '../resilience/cancellation.js';

/**
 * The client that an execution is for. Its statements count towards that client's share of the connections
 * until a second client joins the execution.
 */
export class Asker {
  /** Aborts when the execution is no longer for one client alone. */
  readonly shared = new CancellationSource();
  readonly #client: string | null;

  constructor(client: string | null) {
    this.#client = client;
  }

  /** Null for what is not for one client alone. */
  get client(): string | null {
    return this.shared.aborted ? null : this.#client;
  }

  /** To be called for each further request that waits for the execution. */
  join(client: string | null): void {
    if (client !== this.#client) this.shared.abort(null);
  }
}
