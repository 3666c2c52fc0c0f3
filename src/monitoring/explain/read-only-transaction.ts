import type { Database } from '../../database/database.js';
import { asGatewayError } from '../../database/failures/failures.js';
import type { Reader } from '../../database/reader/reader.js';
import type { Session } from '../../database/session/session.js';

/** A read-only transaction on one connection. */
export interface ReadOnlyTransaction {
  readonly session: Session;
  /** Runs named queries in this transaction. */
  readonly reader: Reader;
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
    return await database.transaction(async (session) => {
      await session.query('set transaction isolation level repeatable read, read only');
      await session.query(
        `select set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true)`,
        [String(statementLimitMs)],
      );
      return work({
        session,
        reader: session.reader,
        async attempt(part) {
          await session.query('savepoint attempt');
          try {
            return await part();
          } catch (error) {
            await session.query('rollback to savepoint attempt');
            throw error;
          } finally {
            await session.query('release savepoint attempt');
          }
        },
      });
    });
  } catch (error) {
    throw asGatewayError(error);
  }
}
