import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { connectionsOf } from './connection/connections.js';
import { onConnection } from './connection/on-connection.js';
import { createStatementNames } from './connection/statement-names.js';
import { withDeadline } from './connection/with-deadline.js';
import { withPreparedStatements } from './connection/with-prepared-statements.js';
import { withTransaction } from './connection/with-transaction.js';
import type { Database } from './database.js';
import { setupFailure } from './failures/failures.js';
import { ExecutionReader } from './reader/execution-reader.js';
import { withBreaker } from './reader/with-breaker.js';
import { withBulkhead } from './reader/with-bulkhead.js';
import { withCancellation } from './reader/with-cancellation.js';
import { withClientShares } from './reader/with-client-shares.js';
import { type QueryObserver, withMetrics } from './reader/with-metrics.js';
import { withRetry } from './reader/with-retry.js';
import { createBreaker } from './resilience/breaker.js';
import { createBulkhead } from './resilience/bulkhead.js';
import { createShares } from './resilience/shares.js';
import type { CopyInto } from './session/create-session.js';
import { inSession } from './session/in-session.js';
import { inSnapshot } from './session/in-snapshot.js';
import { inTransaction } from './session/in-transaction.js';
import type { DatabaseTrace } from './tracing/database-trace.js';
import { traceReads } from './tracing/trace-reads.js';
import { traceSessions } from './tracing/trace-sessions.js';
import { type Ask, ask } from './wire/ask.js';
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
  /** Whether connections go through a transaction pooler, such as PgBouncer. */
  readonly isPooled?: boolean;
  /** Whether statements that come again are prepared: not through a transaction pooler. */
  readonly preparesStatements?: boolean;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Told of connections that broke while nobody was using them. */
  readonly onIdleError?: ((error: Error) => void) | undefined;
  /** Follows its statements; nobody does unless set. */
  readonly trace?: DatabaseTrace | undefined;
}

/** A connection that is silent for so long is asked whether it still lives, in milliseconds. */
const keepAliveDelayMs = 10_000;
/** How much longer than the server's own limit an answer is waited for, in milliseconds. */
const answerGraceMs = 400;
/** Connections are replaced after this time, so that DNS changes take effect. */
const maxLifetimeSeconds = 30 * 60;
/** How long connections may take to end, in milliseconds. */
const closeLimitMs = 2_000;
/** The longest that a timer can be set to, in milliseconds. */
const forEverMs = 2_147_483_647;

/** A pool of connections to a PostgreSQL server. Opens none before the first query, so it never fails by itself. */
export function openServer(options: ServerOptions): Database {
  const { trace } = options;
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
  const connections = connectionsOf(pool, options.onIdleError);

  const ofRelation = options.connectionsPerRelation ?? Math.ceil(poolSize / 2);
  const maxWaiting = options.queueLimit ?? 1_000;
  const answerLimitMs = statementTimeoutMs === 0 ? forEverMs : statementTimeoutMs + answerGraceMs;
  const observers = new Set<QueryObserver>();
  const shares = createShares({ connections: poolSize, ofRelation, maxWaiting, waitLimitMs });
  const breaker = createBreaker();
  const bulkhead = createBulkhead({ width: ofRelation, maxWaiting, waitLimitMs });

  const traced = trace && traceReads(trace);
  const asked = askFor(options, statementTimeoutMs);
  const askInTime = withDeadline(answerLimitMs, traced ? traced.ask(asked) : asked);

  /** What a statement passes through, from the outside in. */
  const attempt = withCancellation(
    withBreaker(
      breaker,
      withClientShares(shares, withBulkhead(bulkhead, onConnection(connections, askInTime))),
    ),
  );
  const read = withMetrics(observers, withRetry(traced ? traced.read(attempt) : attempt));
  const begin = isPooled ? `begin isolation level read committed; ${settleTransaction}` : 'begin';

  const database: Database = {
    kind: 'server',
    observers,
    maxConnections: poolSize,
    reader: new ExecutionReader(read, {}),
    readerFor: (execution) => new ExecutionReader(read, execution),
    query: (text, values) => pool.query(text, values as unknown[]),
    session: (work) => inSession(() => connections.connect(), copyInto, work),
    async transaction(work) {
      try {
        return await inTransaction(() => connections.connect(), copyInto, work, begin);
      } catch (error) {
        // The server was demoted to a standby: connecting again finds the primary.
        if ((error as { code?: unknown }).code === '25006') connections.replaceAll();
        throw error;
      }
    },
    snapshot: (signal, work) => inSnapshot(connections, isPooled ? settleTransaction : '', signal, work),
    poolCounts: () => ({
      total: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount + bulkhead.waiting(),
    }),
    async close() {
      const late = setTimeout(() => connections.destroyAll(), closeLimitMs);
      await pool.end().finally(() => clearTimeout(late));
    },
  };
  return trace ? traceSessions(trace, database) : database;
}

/** How a connection is asked. */
function askFor({ isPooled, preparesStatements }: ServerOptions, statementTimeoutMs: number): Ask {
  if (isPooled)
    return withTransaction(
      `begin isolation level read committed read only; set local statement_timeout = ${statementTimeoutMs}; ${settleTransaction}`,
      ask,
    );
  return preparesStatements ? withPreparedStatements(createStatementNames(), ask) : ask;
}

const copyInto: CopyInto = async (client, table, columns, chunks) => {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(chunks, { objectMode: false }), stream);
  return stream.rowCount;
};

/** Settings of a session go with its start, beside those that the URL holds already. */
function connectionStringOf({ connectionString, readsOnly, isPooled }: ServerOptions): string {
  if (!readsOnly || isPooled) return connectionString;
  const url = new URL(connectionString);
  const given = url.searchParams.get('options');
  url.searchParams.set('options', `${given ? `${given} ` : ''}-c default_transaction_read_only=on`);
  return url.href;
}
