import type pg from 'pg';
import type { Database } from '../../database/database.js';
import { asGatewayError } from '../../database/execution/query.js';
import { databaseOver } from './client-database.js';

/** A read-only transaction on one client. */
export interface ReadOnlyTransaction {
  readonly client: pg.PoolClient;
  /** Runs named queries in this transaction. */
  readonly database: Database;
  /**
   * Runs `work` in a savepoint and rolls back to it when a statement fails, so that the transaction stays usable.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Runs `work` in a REPEATABLE READ, READ ONLY transaction with a `statement_timeout` and a `lock_timeout`.
 * @throws GatewayError
 */
export async function inReadOnlyTransaction<T>(
  database: Database,
  statementLimitMs: number,
  work: (transaction: ReadOnlyTransaction) => Promise<T>,
): Promise<T> {
  try {
    return await database.transaction(async (client) => {
      await client.query('set transaction isolation level repeatable read, read only');
      await client.query(
        `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true)`,
        [String(statementLimitMs)],
      );
      return work({
        client,
        database: databaseOver(
          database.kind,
          async (text, parameters) => (await client.query(text, [...parameters])).rows,
        ),
        async attempt(part) {
          await client.query('savepoint attempt');
          try {
            return await part();
          } catch (error) {
            await client.query('rollback to savepoint attempt');
            throw error;
          } finally {
            await client.query('release savepoint attempt');
          }
        },
      });
    });
  } catch (error) {
    throw asGatewayError(error);
  }
}
