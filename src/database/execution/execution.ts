import type { Cancellation } from '../resilience/cancellation.js';
import type { Asker } from './asker.js';

/** What belongs to one execution and not to the pool that it reads through. */
export interface Execution {
  /** Aborts when nobody waits any more for what is being read. */
  readonly signal?: Cancellation | undefined;
  /** The client that is being read for; nobody in particular unless set. */
  readonly asker?: Asker | undefined;
}
