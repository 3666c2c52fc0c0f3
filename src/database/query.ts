import type { Compilable } from 'kysely';
import { GatewayError } from '../errors.js';
import type { Database } from './database.js';
import { withName } from './named-text.js';

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
    const rows = await execute<Row>(database, withName(sql, name), parameters);
    observe(rows.length);
    database.onRead?.(sql, rows);
    return rows;
  } catch (error) {
    observe(0, codeOf(error));
    throw asGatewayError(error);
  }
}

/** Straight on the driver, which can prepare a statement under a name; Kysely has no place for one. */
async function execute<Row>(
  { pool, statementNames }: Database,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const client = await pool.connect();
  try {
    const query = { name: statementNames?.nameOf(text), text, values: parameters as unknown[] };
    return (await client.query<Row & object>(query)).rows;
  } finally {
    // A connection that broke is known to the pool, which throws it away.
    client.release();
  }
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

const timeouts = new Set(['57014', '55P03', '25P03', '57P05']);
const unavailable = /^(08...|53...|57P0[123]|55000|25006|E[A-Z]+)$/;

/** Turns what the driver threw into what may be told: the code by SQLSTATE, the sentence from the error table. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const code = codeOf(error);
  if (timeouts.has(code)) return new GatewayError('TIMEOUT', undefined, error);
  if (unavailable.test(code) || isLostConnection(error))
    return new GatewayError('UNAVAILABLE', undefined, error);
  return new GatewayError('INTERNAL_SERVER_ERROR', undefined, error);
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  return isLostConnection(error) ? 'NO_CONNECTION' : 'unknown';
}

function isLostConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /connection (terminated|ended)|timeout exceeded when trying to connect|not queryable/i.test(error.message)
  );
}
