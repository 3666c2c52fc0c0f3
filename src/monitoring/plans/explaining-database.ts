import type { Database } from '../../database/database.js';
import { nameIn } from '../../database/named-text.js';
import { GatewayError } from '../../errors.js';
import { databaseOver } from './client-database.js';
import type { Statement } from './explain-statement.js';
import type { Reading } from './reading.js';

/** A statement that was run, how many rows it gave, and what was found out about it. */
export interface Examined<Result> {
  readonly statement: Statement;
  readonly rows: number;
  readonly result: Result;
}

/** A database that examines whatever is read from it. */
export interface ExplainingDatabase<Result> {
  readonly database: Database;
  /** In the order in which they were asked. */
  readonly examined: readonly Examined<Result>[];
  /** The first statement that failed; after it the transaction is of no use. */
  readonly failure: unknown;
}

export interface ExplainingLimits {
  readonly maxStatements: number;
  /** When no further statement is begun, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Runs each named query for real, so that the queries that depend on its rows follow, and then examines it. One at a
 * time, because there is one client. What reaches it can only be what the resolvers compiled.
 */
export function explainingDatabase<Result>(
  reading: Reading,
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
      const { rows } = await reading.client.query(sql, [...parameters]);
      const statement = { name, sql, parameters };
      examined.push({ statement, rows: rows.length, result: await examine(statement) });
      return rows;
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };

  return {
    database: databaseOver(reading.database.kind, (sql, parameters) => {
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
