import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { isLostConnection } from '../failures/failures.js';
import type { ReleasingOutcome } from '../reader/read.js';
import type { Statement } from '../reader/statement.js';
import type { Cancellation } from '../resilience/cancellation.js';
import type { Ask } from '../wire/ask.js';
import { cancelStatement, destroyConnection } from '../wire/cancel.js';

/** Asks on a connection, and gives it back to its pool. */
export type AskInTime = (
  client: pg.PoolClient,
  statement: Statement,
  signal: Cancellation | undefined,
  outcome: ReleasingOutcome,
) => void;

/** A connection gave no answer although the server should have ended the statement by itself. */
export class NoAnswer extends Error {
  readonly code = 'NO_ANSWER';

  /** @param askedAtMs an instant of `performance.now()`. */
  constructor(readonly askedAtMs: number) {
    super('The connection gave no answer within the time that one statement may take.');
    this.name = 'NoAnswer';
  }
}

/** How long after its cancellation a statement may go on before its connection is ended, in milliseconds. */
const cancelGraceMs = 1_000;
const cancelEveryMs = 200;

/**
 * Fails when `signal` aborts or when no answer came within `limitMs`, which also covers a server whose packets no
 * longer arrive. The connection is always released; it is destroyed when it might still be busy or might still be hit by
 * the cancel request.
 */
export function withDeadline(limitMs: number, ask: Ask): AskInTime {
  return (client, statement, signal, { onRelease, onRows, onError }) => {
    let isAborted = false;
    let isReleased = false;
    let isSettled = false;
    const askedAtMs = performance.now();
    const settleWith = (error: unknown) => {
      if (isSettled) return;
      isSettled = true;
      onError(error);
    };
    const timer = setTimeout(() => {
      settleWith(new NoAnswer(askedAtMs));
      destroyConnection(client);
    }, limitMs);
    const abort = () => {
      isAborted = true;
      settleWith(signal?.reason);
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
      // A connection that is stuck would be waited for if it were ended politely.
      if (isSpoiled) destroyConnection(client);
      client.release(isSpoiled);
      onRelease();
    };
    const fail = (error: unknown) => {
      release(isAborted || isLostConnection(error));
      settleWith(error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    ask(
      client,
      statement,
      (rows) => {
        release(isAborted);
        if (!isSettled) onRows(rows);
      },
      fail,
    );
  };
}
