import type { Database } from '../database/database.js';
import { CancellationSource } from '../database/resilience/cancellation.js';
import { GatewayError } from '../errors.js';
import { canBeAskedElsewhere } from './can-be-asked-elsewhere.js';
import { type Exclusion, exclusionOf, type Look } from './exclusion.js';
import type { Sighting } from './sighting.js';

/** How reads of one replica ended. */
export interface ReadCounts {
  /** Its rows were used. */
  answered: number;
  /** Its rows were thrown away: they were of another refresh, or there was none that says of which. */
  discarded: number;
  /** It failed, and another server was asked. */
  failed: number;
}

/** One replica while the gateway runs. */
export class Replica {
  readonly counts: ReadCounts = { answered: 0, discarded: 0, failed: 0 };
  /** Reads that are under way. */
  inFlight = 0;
  /** Aborts when it turns out to be unreachable, so that nobody waits for its answers. */
  lost = new CancellationSource();
  look: Look = null;
  lookedAt: Date | null = null;
  /** Set by whoever looks at it: it looks again at once. */
  lookSoon = () => {};

  constructor(
    readonly name: string,
    /** Its connections for the public. */
    readonly database: Database,
  ) {}

  exclusion(announced: number | null, primary: Sighting | null): Exclusion | null {
    return exclusionOf(this.look, announced, primary);
  }

  /** To be told what a look found. */
  wasSeen(look: Sighting | { readonly failure: unknown }, at: Date): void {
    this.look = look;
    this.lookedAt = at;
    // A server that is merely too slow for a look still answers.
    if (!('failure' in look) || !canBeAskedElsewhere(look.failure)) return;
    const { lost } = this;
    this.lost = new CancellationSource();
    lost.abort(new GatewayError('UNAVAILABLE'));
  }
}
