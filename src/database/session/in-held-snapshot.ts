import type pg from 'pg';
import { asGatewayError } from '../failures/failures.js';
import { statementOf } from '../reader/statement.js';
import type { Cancellation } from '../resilience/cancellation.js';
import { rowsOf } from '../wire/rows-of.js';
import { createSessionReader } from './session-reader.js';
import type { RowCursor, RowValues, Snapshot } from './snapshot.js';

let opened = 0;

/**
 * The same where there is one session for everybody. The transaction ends as soon as the cursor is open: WITH HOLD keeps
 * its rows as they were, and each piece is fetched in a turn of its own, so that others wait for one pass over the rows and
 * not for the reader of the file.
 */
export async function inHeldSnapshot<T>(
  pool: pg.Pool,
  signal: Cancellation,
  work: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isInTransaction = true;
  let cursor: string | null = null;
  const end = async (command: 'commit' | 'rollback') => {
    isInTransaction = false;
    try {
      await client.query(command);
    } catch (error) {
      throw asGatewayError(error);
    } finally {
      client.release();
    }
  };
  const fetchFrom = (name: string): RowCursor['fetch'] => {
    return async (count) => {
      if (signal.aborted) throw signal.reason;
      const question = { text: `fetch ${count} from ${name}`, rowMode: 'array' as const };
      return rowsOf<RowValues>(pool, question).catch(rethrow);
    };
  };
  try {
    await client.query('begin isolation level repeatable read, read only').catch(rethrow);
    const result = await work({
      reader: createSessionReader(client),
      async openCursor(name, query) {
        const { text, values } = statementOf(name, query.compile());
        const own = `rows_of_snapshot_${++opened}`;
        await client
          .query({ text: `declare ${own} no scroll cursor with hold for ${text}`, values })
          .catch(rethrow);
        await end('commit');
        cursor = own;
        return { fetch: fetchFrom(own) };
      },
    });
    if (isInTransaction) await end('commit');
    return result;
  } finally {
    if (isInTransaction) await end('rollback').catch(() => {});
    if (cursor !== null) await pool.query(`close ${cursor}`).catch(() => {});
  }
}

function rethrow(error: unknown): never {
  throw asGatewayError(error);
}
