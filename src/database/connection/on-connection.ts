import { LostInSetup } from '../failures/failures.js';
import type { ReadAndRelease } from '../reader/read.js';
import type { Connections } from './connections.js';
import type { AskInTime } from './with-deadline.js';

/** No connection could be obtained, nothing was sent. The breaker replaces it by its cause. */
export class CannotConnect extends Error {
  constructor(override readonly cause: unknown) {
    super('No connection could be made.');
    this.name = 'CannotConnect';
  }
}

/** Asks over a connection of the pool. */
export function onConnection(connections: Connections, ask: AskInTime): ReadAndRelease {
  return (statement, { signal }, outcome) =>
    connections.lend(
      signal,
      (client) => ask(client, statement, signal, outcome),
      (error) => {
        outcome.onRelease();
        outcome.onError(error instanceof LostInSetup ? error : new CannotConnect(error));
      },
    );
}
