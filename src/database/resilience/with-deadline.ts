import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { cancelStatement, destroyConnection } from '../execution/cancel.js';
import type { Cancellation } from './cancellation.js';

/** A connection gave no answer although the server should have ended the statement by itself. */
export class NoAnswer extends Error {
  readonly code = 'NO_ANSWER';

  constructor() {
    super('The connection gave no answer within the time that one statement may take.');
    this.name = 'NoAnswer';
  }
}

/** How long after its cancellation a statement may go on before its connection is ended, in milliseconds. */
const cancelGraceMs = 1_000;
const cancelEveryMs = 200;

/**
 * Runs statements on a connection and rejects when `signal` aborts or when no answer came in time, which also covers a
 * server whose packets no longer arrive. The connection is always released; it is destroyed when it might still be busy
 * or might still be hit by the cancel request.
 */
export function withDeadline<T>(
  client: pg.PoolClient,
  work: () => Promise<T>,
  limitMs: number,
  signal: Cancellation | undefined,
  isSpoiledBy: (error: unknown) => boolean,
  onRelease: () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let isAborted = false;
    let isReleased = false;
    const timer = setTimeout(() => {
      reject(new NoAnswer());
      destroyConnection(client);
    }, limitMs);
    const abort = () => {
      isAborted = true;
      reject(signal?.reason);
      clearTimeout(timer);
      void cancel();
    };
    const cancel = async () => {
      const deadline = setTimeout(() => destroyConnection(client), cancelGraceMs);
      // A request that comes before its statement has begun ends nothing, so it is made again.
      for (; !isReleased; await sleep(cancelEveryMs)) await cancelStatement(client);
      clearTimeout(deadline);
    };
    const release = (isSpoiled: boolean) => {
      isReleased = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      // Said goodbye to politely, a connection that is stuck would be waited for.
      if (isSpoiled) destroyConnection(client);
      client.release(isSpoiled);
      onRelease();
    };
    const running = work();
    running.then(
      (value) => {
        release(isAborted);
        resolve(value);
      },
      (error: unknown) => {
        release(isAborted || isSpoiledBy(error));
        reject(error);
      },
    );
    signal?.addEventListener('abort', abort, { once: true });
  });
}
