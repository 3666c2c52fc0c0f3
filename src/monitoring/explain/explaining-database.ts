import type { Database } from '../../database/database.js';
import { nameIn } from '../../database/execution/named-text.js';
import { GatewayError } from '../../errors.js';
import { databaseOver } from './client-database.js';
import type { Statement } from './explain-statement.js';
import type { ReadOnlyTransaction } from './read-only-transaction.js';

/** A statement that was run, how many rows it gave, and what was found out about it. */
export interface Examined<Result> {
  readonly statement: Statement;
  readonly rows: number;
  readonly result: Result;
}

/** A database that examines each statement it runs. */
export interface ExplainingDatabase<Result> {
  readonly database: Database;
  /** In execution order. */
  readonly examined: readonly Examined<Result>[];
  /** The first error; after it the transaction is aborted. */
  readonly failure: unknown;
}

export interface ExplainingLimits {
  readonly maxStatements: number;
  /** No further statement is started after this time, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Runs each query and returns its rows, so that queries that depend on them run, too, and then calls `examine`. One at a
 * time, because all share one connection.
 */
export function explainingDatabase<Result>(
  transaction: ReadOnlyTransaction,
  { maxStatements, limitMs }: ExplainingLimits,
  examine: (statement: Statement) => Promise<Result>,
): ExplainingDatabase<Result> {
  const examined: Examined<Result>[] = [];
  const end = performance.now() + limitMs;
  let failure: unknown = null;
  let last: Promise<unknown> = Promise.resolve();

  const readAndExamine = async (sql: string, parameters: readonly unknown[]) => {
    if (failure) throw failure;
    try {
      const name = nameIn(sql);
      if (!name) throw new Error('Expected a query with a name, got one without.');
      if (examined.length >= maxStatements)
        throw new GatewayError(
          'COST_LIMIT_EXCEEDED',
          `query: expected a document of at most ${maxStatements} statements, got more`,
        );
      if (performance.now() > end) throw new GatewayError('TIMEOUT', tooLong(limitMs));
      const { rows } = await transaction.client.query(sql, [...parameters]);
      const statement = { name, sql, parameters };
      examined.push({ statement, rows: rows.length, result: await examine(statement) });
      return rows;
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };

  return {
    database: databaseOver(transaction.database.kind, (sql, parameters) => {
      const result = last.then(() => readAndExamine(sql, parameters));
      last = result.catch(() => {});
      return result;
    }),
    examined,
    get failure() {
      return failure;
    },
  };
}

function tooLong(limitMs: number): string {
  return `query: expected a document that is explained within ${limitMs / 1000} seconds, got one that takes longer`;
}
