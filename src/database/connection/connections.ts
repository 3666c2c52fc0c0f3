import type pg from 'pg';
import type { Cancellation } from '../resilience/cancellation.js';
import { destroyConnection } from '../wire/cancel.js';

/** Lends the connections of a pool, and can replace or destroy all of them. */
export interface Connections {
  /** Lends one. Rejects with the reason of `signal` when that aborts before there is one. */
  connect(signal?: Cancellation): Promise<pg.PoolClient>;
  /** The same by callbacks: calls one of the two, once. */
  lend(
    signal: Cancellation | undefined,
    onClient: (client: pg.PoolClient) => void,
    onError: (error: unknown) => void,
  ): void;
  /** Replaces those that there are: they lead to a server that is no longer the one to ask. */
  replaceAll(): void;
  /** Ends those that there are without waiting for the other side. */
  destroyAll(): void;
}

/** Watches a pool; without listeners a connection that breaks, idle or in use, would end the process. */
export function connectionsOf(pool: pg.Pool, onIdleError?: (error: Error) => void): Connections {
  const clients = new Set<pg.PoolClient>();
  let current = new WeakSet<pg.ClientBase>();
  pool.on('error', (error) => onIdleError?.(error));
  pool.on('connect', (client) => {
    client.on('error', () => {});
    clients.add(client);
    current.add(client);
  });
  pool.on('remove', (client) => void clients.delete(client as pg.PoolClient));

  const lend: Connections['lend'] = (signal, onClient, onError) => {
    let isOver = false;
    const fail = (error: unknown) => {
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener('abort', abort);
      // Never within the call: those who wait for a place would fail in ever deeper calls.
      queueMicrotask(() => onError(error));
    };
    const abort = () => fail(signal?.reason);
    const take = (client: pg.PoolClient) => {
      if (isOver || signal?.aborted) {
        client.release();
        return abort();
      }
      if (!current.has(client)) {
        client.release(true);
        return connect();
      }
      isOver = true;
      signal?.removeEventListener('abort', abort);
      onClient(client);
    };
    const connect = () => {
      try {
        pool.connect((error, client) => (client && !error ? take(client) : fail(error)));
      } catch (error) {
        // Making a client reads the files that its URL names, such as certificates.
        fail(error);
      }
    };
    connect();
    // An idle one comes in the same turn of the event loop.
    if (signal && !isOver) signal.addEventListener('abort', abort, { once: true });
  };

  return {
    connect: (signal) => new Promise((resolve, reject) => lend(signal, resolve, reject)),
    lend,
    replaceAll() {
      current = new WeakSet();
    },
    destroyAll() {
      for (const client of clients) destroyConnection(client);
    },
  };
}
