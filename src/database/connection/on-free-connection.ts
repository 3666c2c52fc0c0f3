import type pg from 'pg';
import { type Ask, type Asked, ask } from '../wire/ask.js';
import type { ReadAndRelease } from './on-connection.js';

/** Asks over whichever connection comes, for as long as it takes. */
export function onFreeConnection(pool: pg.Pool, askFor: Ask = ask): ReadAndRelease {
  return async (statement, _execution, onRelease) => {
    let client: pg.PoolClient | undefined;
    try {
      client = await pool.connect();
      return await askOver(askFor, client, statement);
    } finally {
      // One that broke is known to the pool, which throws it away.
      client?.release();
      onRelease();
    }
  };
}

function askOver(askFor: Ask, client: pg.PoolClient, statement: Asked): Promise<unknown[]> {
  return new Promise((resolve, reject) => askFor(client, statement, resolve, reject));
}
