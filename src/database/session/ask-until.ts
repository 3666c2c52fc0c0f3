import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { asGatewayError } from '../failures/failures.js';
import type { Cancellation } from '../resilience/cancellation.js';
import { cancelStatement, destroyConnection } from '../wire/cancel.js';
import { type Question, rowsOf } from '../wire/rows-of.js';

/** How long after its cancellation a statement may go on before its connection is ended, in milliseconds. */
const cancelGraceMs = 800;
const cancelEveryMs = 200;

/** Asks one connection for the rows of a statement. */
export type AskForRows = (question: Question) => Promise<unknown[]>;

/**
 * Asks a connection of a server until `signal` aborts. Then the statement is cancelled; after `cancelGraceMs`
 * the connection is destroyed. It must not be used afterwards: a late cancel request would end the next
 * statement.
 */
export function askUntil(client: pg.ClientBase, signal: Cancellation): AskForRows {
  return async (question) => {
    if (signal.aborted) throw signal.reason;
    let isAnswered = false;
    const cancel = async () => {
      const late = setTimeout(() => destroyConnection(client), cancelGraceMs);
      // A request that comes before its statement has begun ends nothing, so it is made again.
      for (; !isAnswered; await sleep(cancelEveryMs)) await cancelStatement(client);
      clearTimeout(late);
    };
    const onAbort = () => void cancel();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await rowsOf(client, question);
    } catch (error) {
      throw signal.aborted ? signal.reason : asGatewayError(error);
    } finally {
      isAnswered = true;
      signal.removeEventListener('abort', onAbort);
    }
  };
}
