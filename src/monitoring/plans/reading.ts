import type pg from 'pg';
import type { Database } from '../../database/database.js';
import { asGatewayError } from '../../database/query.js';
import { databaseOver } from './client-database.js';

/** One transaction that cannot write, over one client. */
export interface Reading {
  readonly client: pg.PoolClient;
  /** The same transaction, for named queries. */
  readonly database: Database;
  /** Such as 180001. */
  readonly serverVersion: number;
  /**
   * Runs `work`; when a statement of it fails, the transaction is brought back to where it stood, so that it can go
   * on and what the session was lent can be given back.
   */
  attempt<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Runs `work` in a transaction that sees one instant and cannot write, with a time limit of its own for each statement.
 * @throws GatewayError
 */
export async function inReading<T>(
  database: Database,
  statementLimitMs: number,
  work: (reading: Reading) => Promise<T>,
): Promise<T> {
  try {
    return await database.transaction(async (client) => {
      await client.query('set transaction isolation level repeatable read, read only');
      const { rows } = await client.query<{ version: string }>(
        `select current_setting('server_version_num') as version,
           set_config('statement_timeout', $1, true), set_config('lock_timeout', $1, true)`,
        [String(statementLimitMs)],
      );
      return work({
        client,
        database: databaseOver(
          database.kind,
          async (text, parameters) => (await client.query(text, [...parameters])).rows,
        ),
        serverVersion: Number(rows[0]?.version),
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
