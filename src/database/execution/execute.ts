import { setImmediate as nextTurn } from 'node:timers/promises';
import type pg from 'pg';
import { GatewayError } from '../../errors.js';
import type { Database } from '../database.js';
import { isLostConnection, isWaitTooLong, LostInSetup } from '../failures/failures.js';
import type { Breaker } from '../resilience/breaker.js';
import type { Bulkhead } from '../resilience/bulkhead.js';
import type { Cancellation } from '../resilience/cancellation.js';
import { NoAnswer, withDeadline } from '../resilience/with-deadline.js';
import { askPrepared, isOutdatedPlan, parameterTexts } from '../wire/prepared.js';
import { ask, type Statement } from './ask.js';

/** What keeps the trouble of a server, or of the way to it, from becoming everybody's. */
export interface Guards {
  readonly breaker: Breaker;
  readonly bulkhead: Bulkhead;
  /** When a statement that the server has not ended by itself is given up, in milliseconds. */
  readonly answerLimitMs: number;
  /** What to say before each statement, where sessions belong to a pooler and nothing can be said to them for good. */
  readonly opening: string | null;
  /** Whether a connection was made before something that made all of them useless. */
  isOutdated(client: pg.PoolClient): boolean;
}

/** Runs one statement that only reads. `relation` is the one that it reads. */
export async function execute<Row>(
  database: Database,
  relation: string,
  statement: Statement,
): Promise<Row[]> {
  const { asker, guards, pool, shares, signal } = database;
  throwIfLeft(signal);
  const entering = asker && shares ? shares.enter(asker, relation, signal) : null;
  const leave = entering instanceof Promise ? await entering : entering;
  try {
    throwIfLeft(signal);
    if (!guards) return await unguarded(pool, statement);
    for (let attempt = 1; ; attempt++) {
      try {
        return await guarded(database, guards, relation, statement);
      } catch (error) {
        throwIfLeft(signal);
        if (attempt > 1 || !isLostConnection(error)) throw error;
        // A reading that was cut off can be asked for again. Whatever else broke at the same moment is known by then.
        await nextTurn();
      }
    }
  } finally {
    leave?.();
  }
}

async function guarded<Row>(
  { pool, signal, statementNames }: Database,
  guards: Guards,
  relation: string,
  statement: Statement,
): Promise<Row[]> {
  const { breaker, bulkhead } = guards;
  breaker.admit();
  const room = bulkhead.enter(relation, signal);
  if (room) await room;
  const client = await connect(pool, guards, signal).catch((error: unknown) => {
    bulkhead.leave(relation);
    if (error instanceof LostInSetup) throw error;
    if (!signal?.aborted && !isWaitTooLong(error)) breaker.failed(error);
    // What failed to connect is no connection that was lost, and is not asked for again at once.
    throw isLostConnection(error) ? new GatewayError('UNAVAILABLE', undefined, error) : error;
  });
  const { opening } = guards;
  const work = () =>
    opening === null ? askOnce<Row>(client, statement) : inOneBreath<Row>(client, opening, statement);
  const askedAt = performance.now();
  const tellDuration = () => {
    if (statement.name !== undefined) statementNames?.took(statement.text, performance.now() - askedAt);
  };
  try {
    const rows = await withDeadline(client, work, guards.answerLimitMs, signal, isLostConnection, () =>
      bulkhead.leave(relation),
    );
    breaker.answered();
    tellDuration();
    return rows;
  } catch (error) {
    tellDuration();
    // One connection that is silent while others get answers is its own trouble.
    if (error instanceof NoAnswer) {
      if (!breaker.hasAnsweredSince(askedAt)) breaker.failed(error);
    } else if (!isLostConnection(error) && !signal?.aborted) breaker.answered();
    throw error;
  }
}

/** By name, where it has one; a name may have stood for another statement before, which the driver does not know of. */
async function askOnce<Row>(client: pg.PoolClient, { name, text, values }: Statement): Promise<Row[]> {
  const texts = name === undefined ? null : parameterTexts(values);
  if (name === undefined || texts === null) return ask(client, { text, values });
  const statement = { name, text, values: texts };
  try {
    return await askPrepared(client, statement);
  } catch (error) {
    if (!isOutdatedPlan(error)) throw error;
    return await askPrepared(client, statement);
  }
}

/** A connection that is worth using; one that comes when nobody waits any more goes back. */
async function connect(
  pool: pg.Pool,
  guards: Guards,
  signal: Cancellation | undefined,
): Promise<pg.PoolClient> {
  for (;;) {
    const coming = pool.connect();
    const client = await (pool.idleCount > 0 || !signal ? coming : unlessAborted(coming, signal));
    if (signal?.aborted) {
      client.release();
      throw signal.reason;
    }
    if (!guards.isOutdated(client)) return client;
    client.release(true);
  }
}

function unlessAborted(coming: Promise<pg.PoolClient>, signal: Cancellation): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      reject(signal.reason);
      coming.then(
        (client) => client.release(),
        () => {},
      );
    };
    signal.addEventListener('abort', leave, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** All is sent before anything is answered, so that it takes no longer than one statement. */
async function inOneBreath<Row>(
  client: pg.PoolClient,
  opening: string,
  statement: Statement,
): Promise<Row[]> {
  const opened = ask(client, { text: opening, values: [] });
  const asked = ask<Row>(client, statement);
  const closed = ask(client, { text: 'commit', values: [] });
  const [, answer, end] = await Promise.allSettled([opened, asked, closed]);
  if (answer.status === 'rejected') throw answer.reason;
  if (end.status === 'rejected') throw end.reason;
  return answer.value;
}

/** The embedded database, and one that stands for a transaction, have no way between them and here that could break. */
async function unguarded<Row>(pool: pg.Pool, statement: Statement): Promise<Row[]> {
  const client = await pool.connect();
  try {
    return await ask<Row>(client, statement);
  } finally {
    // A connection that broke is known to the pool, which throws it away.
    client.release();
  }
}

/** @throws GatewayError when nobody waits for the result any more. */
function throwIfLeft(signal: Cancellation | undefined): void {
  if (!signal?.aborted) return;
  if (signal.reason instanceof GatewayError) throw signal.reason;
  throw new GatewayError('UNAVAILABLE', 'The client disconnected before the answer.');
}
