import type { Compilable } from 'kysely';
import { GatewayError } from '../../errors.js';
import type { Database } from '../database.js';
import { asGatewayError, codeOf } from '../failures/failures.js';
import type { Cancellation } from '../resilience/cancellation.js';
import { execute } from './execute.js';
import { namedText } from './named-text.js';

export { asGatewayError };

/** What is known of one query once it has ended. Never its values. */
export interface QueryMetric {
  readonly name: string;
  readonly durationMs: number;
  readonly startedAt: Date;
  readonly rows: number;
  /** The SQLSTATE, or the code of the network's error, when it failed; `NO_CONNECTION` when it got or kept none. */
  readonly errorCode?: string;
}

export type QueryObserver = (metric: QueryMetric) => void;

/**
 * Runs a query under a name. The name reaches logs, metrics, and, as a comment, the server's own statistics.
 * @throws GatewayError `TIMEOUT`, `UNAVAILABLE` or `INTERNAL_SERVER_ERROR`; the database's own words stay in `cause`.
 */
export async function run<Row>(database: Database, name: string, query: Compilable<Row>): Promise<Row[]> {
  const { sql, parameters } = query.compile();
  const startedAt = new Date();
  const start = performance.now();
  const observe = (rows: number, errorCode?: string) => {
    const metric = { name, durationMs: performance.now() - start, startedAt, rows, errorCode };
    for (const observer of database.observers) observer(metric);
  };
  try {
    const text = namedText(sql, name);
    const rows = await execute<Row>(database, relationOf(name, sql), {
      name: database.statementNames?.nameOf(text),
      text,
      values: parameters as unknown[],
    });
    observe(rows.length);
    database.onRead?.(name, sql, rows);
    return rows;
  } catch (error) {
    // What was ended because nobody waits for it any more has not failed.
    if (!hasLeft(database.signal)) observe(0, codeOf(error));
    throw asGatewayError(error);
  }
}

/** Whether the client disconnected, rather than ran out of time. */
function hasLeft(signal: Cancellation | undefined): boolean {
  return signal?.aborted === true && !(signal.reason instanceof GatewayError);
}

/** The same for a query that gives at most one row. */
export async function runForOne<Row>(
  database: Database,
  name: string,
  query: Compilable<Row>,
): Promise<Row | null> {
  const [row] = await run(database, name, query);
  return row ?? null;
}

const maxRelations = 500;
const relations = new Map<string, string>();

/** The relation that a statement reads first; statements of one name read the same one. */
function relationOf(name: string, sql: string): string {
  const known = relations.get(name);
  if (known !== undefined) return known;
  const relation = /\bfrom "(\w+)"/i.exec(sql)?.[1] ?? name;
  if (relations.size < maxRelations) relations.set(name, relation);
  return relation;
}
