import { composedKey } from '../../composed-key.js';
import type { Asker } from '../execution/asker.js';
import { type BulkheadOptions, createBulkhead } from './bulkhead.js';
import type { Cancellation } from './cancellation.js';

/** Gives each client a share of the connections, so that one that asks for much waits for itself and not the others. */
export interface Shares {
  /**
   * Calls `onRoom` once there is room in the client's share, before it returns where nothing has to be waited for, or where
   * the execution is for more than one client; or `onRefuse` with a GatewayError `UNAVAILABLE` when this client waits
   * for too much, or with the reason of the signal. Never throws.
   */
  enter(
    asker: Asker,
    relation: string,
    signal: Cancellation | undefined,
    onRoom: (leave: Leave) => void,
    onRefuse: (error: unknown) => void,
  ): void;
}

/** Gives a place back; to be called once. */
export type Leave = () => void;

export interface SharesOptions extends Pick<BulkheadOptions, 'maxWaiting' | 'waitLimitMs' | 'stuckAfterMs'> {
  /** How many connections there are. */
  readonly connections: number;
  /** How many of them the statements over one relation may use. */
  readonly ofRelation: number;
}

const nothing = () => {};

/** The part of the connections that one client may use; and of those for one relation. */
const share = 4 / 5;

export function createShares({ connections, ofRelation, ...waiting }: SharesOptions): Shares {
  const bulkheadOf = (width: number) =>
    createBulkhead({
      ...waiting,
      width: Math.max(1, Math.floor(width * share)),
      countsWaiting: 'in each compartment',
    });
  const ofRelations = bulkheadOf(ofRelation);
  const ofClients = bulkheadOf(connections);

  return {
    enter(asker, relation, signal, onRoom, onRefuse) {
      const { client } = asker;
      if (client === null) return onRoom(nothing);
      const both = composedKey(relation, client);
      const until = new UntilShared(asker.shared, signal);
      const leaveBoth = () => {
        ofClients.leave(client);
        ofRelations.leave(both);
      };
      const refuse = (error: unknown) => {
        // What is waited for by more than one client needs no share of one.
        if (asker.client === null && !signal?.aborted) onRoom(nothing);
        else onRefuse(error);
      };
      const enterClient = () =>
        ofClients.enter(
          client,
          until,
          () => onRoom(leaveBoth),
          (error) => {
            ofRelations.leave(both);
            refuse(error);
          },
        );
      ofRelations.enter(both, until, enterClient, refuse);
    },
  };
}

/** Ends a wait when nobody waits for the answer any more, or when more than one client does. */
class UntilShared implements Cancellation {
  constructor(
    private readonly shared: Cancellation,
    private readonly signal: Cancellation | undefined,
  ) {}

  get aborted(): boolean {
    return this.shared.aborted || this.signal?.aborted === true;
  }

  get reason(): unknown {
    return this.signal?.aborted ? this.signal.reason : this.shared.reason;
  }

  addEventListener(type: 'abort', listener: () => void, options?: { readonly once: true }): void {
    this.shared.addEventListener(type, listener);
    this.signal?.addEventListener(type, listener, options);
  }

  removeEventListener(type: 'abort', listener: () => void): void {
    this.shared.removeEventListener(type, listener);
    this.signal?.removeEventListener(type, listener);
  }
}
