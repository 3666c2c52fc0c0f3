import type pg from 'pg';
import type { Read } from '../reader/read.js';
import { ask } from '../wire/ask.js';

/** Asks over whichever connection comes, for as long as it takes. */
export function onFreeConnection(pool: pg.Pool): Read {
  return async (statement) => {
    const client = await pool.connect();
    try {
      return await new Promise((resolve, reject) => ask(client, statement, resolve, reject));
    } finally {
      // One that broke is known to the pool, which throws it away.
      client.release();
    }
  };
}
