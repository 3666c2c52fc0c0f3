import type { Execution } from '../execution/execution.js';
import { LostInSetup } from '../failures/failures.js';
import type { Statement } from '../reader/statement.js';
import type { Connections } from './connections.js';
import type { AskInTime } from './with-deadline.js';

/**
 * Like `Read`. Calls `onRelease` once, when its connection is free again or none was had: after a cancelled statement later
 * than it settles.
 */
export type ReadAndRelease = (
  statement: Statement,
  execution: Execution,
  onRelease: () => void,
) => Promise<unknown[]>;

/** No connection was had, so nothing was asked. Only the breaker sees it, which throws the cause. */
export class CannotConnect extends Error {
  constructor(override readonly cause: unknown) {
    super('No connection could be made.');
    this.name = 'CannotConnect';
  }
}

/** Asks over a connection of the pool. One promise for all of it, by callbacks from there on. */
export function onConnection(connections: Connections, ask: AskInTime): ReadAndRelease {
  return (statement, { signal }, onRelease) =>
    new Promise((resolve, reject) =>
      connections.lend(
        signal,
        (client) => ask(client, statement, { signal, onRelease, onRows: resolve, onError: reject }),
        (error) => {
          onRelease();
          reject(error instanceof LostInSetup ? error : new CannotConnect(error));
        },
      ),
    );
}
