import type { CompiledQuery } from 'kysely';
import type { Database } from '../../database/database.js';
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

/** The comment that `run` puts before every statement. */
const nameComment = /^\/\* (\S+) \*\//;

/**
 * Runs each named query for real, so that the queries that depend on its rows follow, and then examines it. One at a
 * time, because there is one client. What reaches it can only be what the resolvers compiled.
 */
export function explainingDatabase<Result>(
  reading: Reading,
  maxStatements: number,
  examine: (statement: Statement) => Promise<Result>,
): ExplainingDatabase<Result> {
  const examined: Examined<Result>[] = [];
  let failure: unknown = null;
  let last: Promise<unknown> = Promise.resolve();

  const readAndExamine = async ({ sql, parameters }: CompiledQuery) => {
    if (failure) throw failure;
    try {
      const name = nameComment.exec(sql)?.[1];
      if (!name) throw new Error('Expected a query with a name, got one without.');
      if (examined.length >= maxStatements)
        throw new GatewayError(
          'COST_LIMIT_EXCEEDED',
          `query: expected a document of at most ${maxStatements} statements, got more`,
        );
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
    database: databaseOver(reading.database.kind, (query) => {
      const result = last.then(() => readAndExamine(query));
      last = result.catch(() => {});
      return result;
    }),
    examined,
    get failure() {
      return failure;
    },
  };
}
