import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from './database.js';
import { destroyConnection } from './execution/cancel.js';
import type { Guards } from './execution/execute.js';
import { createStatementNames } from './execution/statement-names.js';
import { inTransaction } from './execution/transaction.js';
import { setupFailure } from './failures/failures.js';
import type { DB } from './generated.js';
import { createBreaker } from './resilience/breaker.js';
import { createBulkhead } from './resilience/bulkhead.js';
import { createShares } from './resilience/shares.js';
import { RowClient } from './wire/row-client.js';
import { settle, settleTransaction } from './wire/session-settings.js';
import { valueTypes } from './wire/values.js';

export interface ServerOptions {
  readonly connectionString: string;
  /** How many connections at most. */
  readonly poolSize?: number;
  /** How long one statement may take on the server, in milliseconds; 0 means for ever. */
  readonly statementTimeoutMs?: number;
  /** How long a query may wait for its turn and for a connection, in milliseconds. */
  readonly waitLimitMs?: number;
  /** How many queries may wait. */
  readonly queueLimit?: number;
  /** How many connections the named queries over one relation may use at once; half of all unless said otherwise. */
  readonly connectionsPerRelation?: number;
  /** Whether its named queries can do nothing but read. */
  readonly readsOnly?: boolean;
  /** Whether a transaction pooler stands in front, whose sessions are nobody's own. */
  readonly isPooled?: boolean;
  /** Whether statements that come again are prepared: not through a transaction pooler. */
  readonly preparesStatements?: boolean;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told of connections that broke while nobody was using them. */
  readonly onIdleError?: ((error: Error) => void) | undefined;
}

/** A connection that is silent for so long is asked whether it still lives, in milliseconds. */
const keepAliveDelayMs = 10_000;
/** How much longer than the server's own limit an answer is waited for, in milliseconds. */
const answerGraceMs = 400;
/** After what time a connection is made anew, so that a name that leads elsewhere by now is followed. */
const maxLifetimeSeconds = 30 * 60;
/** How long connections may take to end, in milliseconds. */
const closeLimitMs = 2_000;
/** The longest that a timer can be set to, in milliseconds. */
const forEverMs = 2_147_483_647;

/** A pool of connections to a PostgreSQL server. Opens none before the first query, so it never fails by itself. */
export function openServer(options: ServerOptions): Database {
  const { poolSize = 10, statementTimeoutMs = 10_000, waitLimitMs = 5_000, isPooled = false } = options;
  const pool = new pg.Pool({
    connectionString: connectionStringOf(options),
    application_name: options.applicationName ?? 'mycelix-analytics',
    max: poolSize,
    Client: RowClient,
    // A pooler refuses what would have to be said to a session.
    ...(isPooled
      ? { pipeline: true }
      : {
          statement_timeout: statementTimeoutMs,
          onConnect: (client: pg.ClientBase) =>
            settle(client, { statementTimeoutMs, limitMs: waitLimitMs }).catch((error: unknown) => {
              throw setupFailure(error);
            }),
        }),
    connectionTimeoutMillis: waitLimitMs,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveDelayMs,
    types: valueTypes,
  });
  const clients = new Set<pg.PoolClient>();
  let current = new WeakSet<pg.ClientBase>();
  // Without these listeners a connection that breaks, idle or in use, would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  pool.on('connect', (client) => {
    client.on('error', () => {});
    clients.add(client);
    current.add(client);
  });
  pool.on('remove', (client) => void clients.delete(client as pg.PoolClient));

  const ofRelation = options.connectionsPerRelation ?? Math.ceil(poolSize / 2);
  const maxWaiting = options.queueLimit ?? 1_000;
  const guards: Guards = {
    breaker: createBreaker(),
    bulkhead: createBulkhead({
      width: ofRelation,
      maxWaiting,
      waitLimitMs,
    }),
    answerLimitMs: statementTimeoutMs === 0 ? forEverMs : statementTimeoutMs + answerGraceMs,
    opening: isPooled
      ? `begin isolation level read committed read only; set local statement_timeout = ${statementTimeoutMs}; ${settleTransaction}`
      : null,
    isOutdated: (client) => !current.has(client),
  };
  const beginning = isPooled ? `begin isolation level read committed; ${settleTransaction}` : 'begin';
  const connect = async () => {
    for (;;) {
      const client = await pool.connect();
      if (current.has(client)) return client;
      client.release(true);
    }
  };

  return {
    kind: 'server',
    kysely: new Kysely<DB>({ dialect: new PostgresDialect({ pool }) }),
    pool,
    observers: new Set(),
    guards,
    shares: createShares({ connections: poolSize, ofRelation, maxWaiting, waitLimitMs }),
    statementNames: options.preparesStatements ? createStatementNames() : undefined,
    async copyInto(client, table, columns, chunks) {
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
      await pipeline(Readable.from(chunks, { objectMode: false }), stream);
      return stream.rowCount;
    },
    async transaction(work) {
      try {
        return await inTransaction(connect, work, beginning);
      } catch (error) {
        // The server became a standby, as after a switch: whoever is the primary now is found by connecting again.
        if ((error as { code?: unknown }).code === '25006') current = new WeakSet();
        throw error;
      }
    },
    async close() {
      const late = setTimeout(() => {
        for (const client of clients) destroyConnection(client);
      }, closeLimitMs);
      await pool.end().finally(() => clearTimeout(late));
    },
  };
}

/** Settings of a session go with its start, beside those that the URL holds already. */
function connectionStringOf({ connectionString, readsOnly, isPooled }: ServerOptions): string {
  if (!readsOnly || isPooled) return connectionString;
  const url = new URL(connectionString);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', `${given ? `${given} ` : ''}-c default_transaction_read_only=on`);
  return url.href;
}
