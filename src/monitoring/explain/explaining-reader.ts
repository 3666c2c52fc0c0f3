import type { Compilable } from 'kysely';
import { namedText } from '../../database/reader/named-text.js';
import type { Reader } from '../../database/reader/reader.js';
import { GatewayError } from '../../errors.js';
import type { Statement } from './explain-statement.js';

/** A statement that was run, how many rows it gave, and what was found out about it. */
export interface Examined<Result> {
  readonly statement: Statement;
  readonly rows: number;
  readonly result: Result;
}

/** A reader that examines each statement it runs. */
export interface ExplainingReader<Result> {
  readonly reader: Reader;
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
 * Runs each query through `next` and returns its rows, so that queries that depend on them run, too, and then calls
 * `examine`. One at a time, because all share one connection.
 */
export function explainingReader<Result>(
  next: Reader,
  { maxStatements, limitMs }: ExplainingLimits,
  examine: (statement: Statement) => Promise<Result>,
): ExplainingReader<Result> {
  const examined: Examined<Result>[] = [];
  const end = performance.now() + limitMs;
  let failure: unknown = null;
  let last: Promise<unknown> = Promise.resolve();

  const readAndExamine = async <Row>(name: string, query: Compilable<Row>) => {
    if (failure) throw failure;
    try {
      if (examined.length >= maxStatements)
        throw new GatewayError(
          'COST_LIMIT_EXCEEDED',
          `query: expected a document of at most ${maxStatements} statements, got more`,
        );
      if (performance.now() > end) throw new GatewayError('TIMEOUT', tooLong(limitMs));
      const { sql, parameters } = query.compile();
      const rows = await next.read(name, query);
      const statement = { name, sql: namedText(sql, name), parameters };
      examined.push({ statement, rows: rows.length, result: await examine(statement) });
      return rows;
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };

  return {
    reader: {
      read(name, query) {
        const result = last.then(() => readAndExamine(name, query));
        last = result.catch(() => {});
        return result;
      },
    },
    examined,
    get failure() {
      return failure;
    },
  };
}

function tooLong(limitMs: number): string {
  return `query: expected a document that is explained within ${limitMs / 1000} seconds, got one that takes longer`;
}
