import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from './database.js';
import type { DB } from './generated.js';
import { createStatementNames } from './statement-names.js';
import { inTransaction } from './transaction.js';
import { valueTypes } from './values.js';

export interface ServerOptions {
  readonly connectionString: string;
  /** How many connections at most. */
  readonly poolSize?: number;
  /** How long one statement may take on the server, in milliseconds; 0 means for ever. */
  readonly statementTimeoutMs?: number;
  /** Whether statements that come again are prepared: not through a transaction pooler. */
  readonly preparesStatements?: boolean;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told of connections that broke while nobody was using them. */
  readonly onIdleError?: (error: Error) => void;
}

/** A pool of connections to a PostgreSQL server. Opens none before the first query, so it never fails by itself. */
export function openServer(options: ServerOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.applicationName ?? 'mycelix-analytics',
    max: options.poolSize ?? 10,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: valueTypes,
  });
  // Without these listeners a connection that breaks, idle or in use, would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    kind: 'server',
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    observers: new Set(),
    statementNames: options.preparesStatements ? createStatementNames() : undefined,
    async copyInto(client, table, columns, chunks) {
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
      await pipeline(Readable.from(chunks, { objectMode: false }), stream);
      return stream.rowCount;
    },
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  };
}
