import type pg from 'pg';
import type { ReadAndRelease } from '../reader/read.js';
import { type Ask, ask } from '../wire/ask.js';

/** Uses any connection of the pool, without a time limit. */
export function onFreeConnection(pool: pg.Pool, askFor: Ask = ask): ReadAndRelease {
  return (statement, _execution, { onRelease, onRows, onError }) =>
    pool.connect((failure, client) => {
      if (failure || !client) {
        onRelease();
        return onError(failure);
      }
      // One that broke is known to the pool, which throws it away.
      const release = () => {
        client.release();
        onRelease();
      };
      askFor(
        client,
        statement,
        (rows) => {
          release();
          onRows(rows);
        },
        (error) => {
          release();
          onError(error);
        },
      );
    });
}
