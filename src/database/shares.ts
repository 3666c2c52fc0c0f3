import { composedKey } from '../composed-key.js';
import type { Asker } from './asker.js';
import type { Ending } from './ending.js';
import { createLanes, type LanesOptions } from './lanes.js';

/** Gives each client a share of the connections, so that one that asks for much waits for itself and not the others. */
export interface Shares {
  /**
   * Settles when there is room in the client's share; at once, where nothing has to be waited for.
   * @returns what gives the place back, to be called once; null where the execution is for more than one client
   * @throws GatewayError `UNAVAILABLE` when this client waits for too much, or the reason of the signal
   */
  enter(asker: Asker, relation: string, signal?: Ending): Promise<Leave | null> | Leave | null;
}

export type Leave = () => void;

export interface SharesOptions extends Pick<LanesOptions, 'mostWaiting' | 'waitLimitMs' | 'stuckAfterMs'> {
  /** How many connections there are. */
  readonly connections: number;
  /** How many of them the statements over one relation may use. */
  readonly ofRelation: number;
}

/** The part of the connections that one client may use; and of those for one relation. */
const share = 3 / 4;

export function createShares({ connections, ofRelation, ...waiting }: SharesOptions): Shares {
  const lanesOf = (width: number) =>
    createLanes({ ...waiting, width: Math.max(1, Math.floor(width * share)), countsWaiting: 'in each lane' });
  const ofRelations = lanesOf(ofRelation);
  const ofClients = lanesOf(connections);

  return {
    enter(asker, relation, signal) {
      const { client } = asker;
      if (client === null) return null;
      const both = composedKey(relation, client);
      const until = untilShared(asker, signal);
      const leaveBoth = () => {
        ofClients.leave(client);
        ofRelations.leave(both);
      };
      /** Takes the second place; without it the first is not kept. */
      const enterClient = (): Promise<void> | undefined => {
        try {
          return ofClients.enter(client, until)?.catch((error: unknown) => {
            ofRelations.leave(both);
            throw error;
          });
        } catch (error) {
          ofRelations.leave(both);
          throw error;
        }
      };
      const room = ofRelations.enter(both, until);
      const waitingFor = room ? room.then(enterClient) : enterClient();
      if (!waitingFor) return leaveBoth;
      return waitingFor.then(
        () => leaveBoth,
        (error: unknown) => {
          if (asker.client === null && !signal?.aborted) return null;
          throw error;
        },
      );
    },
  };
}

/** Ends a wait when nobody waits for the answer any more, or when more than one client does. */
function untilShared({ shared }: Asker, signal: Ending | undefined): Ending {
  return {
    get aborted() {
      return shared.aborted || signal?.aborted === true;
    },
    get reason() {
      return signal?.aborted ? signal.reason : shared.reason;
    },
    addEventListener(type, listener, options) {
      shared.addEventListener(type, listener);
      signal?.addEventListener(type, listener, options);
    },
    removeEventListener(type, listener) {
      shared.removeEventListener(type, listener);
      signal?.removeEventListener(type, listener);
    },
  };
}
