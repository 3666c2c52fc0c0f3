import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import pg from 'pg';
import { onFreeConnection } from '../connection/on-free-connection.js';
import type { Database } from '../database.js';
import { ExecutionReader } from '../reader/execution-reader.js';
import { withCancellation } from '../reader/with-cancellation.js';
import { withClientShares } from '../reader/with-client-shares.js';
import { type QueryObserver, withMetrics } from '../reader/with-metrics.js';
import { createShares } from '../resilience/shares.js';
import type { CopyInto } from '../session/create-session.js';
import { inHeldSnapshot } from '../session/in-held-snapshot.js';
import { inSession } from '../session/in-session.js';
import { inTransaction } from '../session/in-transaction.js';
import type { DatabaseTrace } from '../tracing/database-trace.js';
import { traceReads } from '../tracing/trace-reads.js';
import { traceSessions } from '../tracing/trace-sessions.js';
import { ask } from '../wire/ask.js';
import { settle } from '../wire/session-settings.js';
import { valueTypes } from '../wire/values.js';
import { restoreCluster } from './cluster/kept-cluster.js';
import { compiledPglite } from './compiled-pglite.js';
import { exists, lockFolder } from './lock-folder.js';
import { startParams } from './start-params.js';
import { countStatements, statementStatistics } from './statement-statistics.js';
import { createLoss, type Loss, type UsedPglite, untilLost } from './until-lost.js';

/** How long a statement waits for those before it, in milliseconds: a refresh, too, may be among them. */
const maxTurnMs = 600_000;

/** How often an open database looks whether its folder is still there, in milliseconds. */
const lookMs = 2_000;

/** Where PGlite keeps nothing on disk. */
export const inMemory = 'memory://';

/**
 * PostgreSQL inside this process, kept in `folder`. It is one session: queries wait for each other.
 * @throws Error when another process is using the folder.
 */
export async function openEmbedded(folder: string, trace?: DatabaseTrace): Promise<Database> {
  if (folder === inMemory) return overPglite(await openLite(inMemory), async () => {}, trace);
  const lock = await lockFolder(folder);
  const loss = createLoss();
  const lite = await openLite(`${folder}/postgres`).catch(async (error) => {
    await lock.release();
    throw error;
  });
  const timer = setInterval(async () => {
    if ((await lock.isThere()) && (await exists(`${folder}/postgres`))) return;
    clearInterval(timer);
    loss.lose(
      `The folder ${folder} of the embedded database was removed or replaced while it was in use. What was in it is not served any more; start the gateway again to use what is there now.`,
    );
  }, lookMs).unref();
  const afterwards = async () => {
    clearInterval(timer);
    await lock.release();
  };
  return overPglite(lite, afterwards, trace, loss);
}

async function openLite(folder: string): Promise<PGlite> {
  if (folder !== inMemory) await restoreCluster(folder);
  const lite = await PGlite.create(folder, {
    extensions: { statementStatistics },
    startParams: [...startParams],
    pgliteWasmModule: await compiledPglite(),
  });
  try {
    await countStatements(lite);
    return lite;
  } catch (error) {
    await lite.close().catch(() => {});
    throw error;
  }
}

/** The same over an instance that is open already; `afterwards` runs when it has been closed. */
export function overPglite(
  lite: PGlite,
  afterwards: () => Promise<void> = async () => {},
  trace?: DatabaseTrace,
  loss: Loss = createLoss(),
): Database {
  const pool = new pg.Pool({
    max: 1,
    Client: clientOf(() => untilLost(lite, loss)),
    types: valueTypes,
    idleTimeoutMillis: 0,
    onConnect: (client: pg.ClientBase) => settle(client),
  } as pg.PoolConfig);
  pool.on('error', () => {});

  // There is one connection, so that a client's statements wait for each other and the clients take turns.
  const shares = createShares({
    connections: 1,
    ofRelation: 1,
    maxWaiting: 10_000,
    waitLimitMs: maxTurnMs,
    stuckAfterMs: maxTurnMs,
  });
  const observers = new Set<QueryObserver>();
  const traced = trace && traceReads(trace);
  /** What a statement passes through, from the outside in. There is no way to this database that could break. */
  const attempt = withCancellation(withClientShares(shares, onFreeConnection(pool, traced?.ask(ask))));
  const read = withMetrics(observers, traced ? traced.read(attempt) : attempt);
  const copyInto = copyWith(untilLost(lite, loss));

  const database: Database = {
    kind: 'embedded',
    observers,
    maxConnections: 1,
    lost: loss.lost,
    reader: new ExecutionReader(read, {}),
    readerFor: (execution) => new ExecutionReader(read, execution),
    query: (text, values) => pool.query(text, values as unknown[]),
    session: (work) => inSession(() => pool.connect(), copyInto, work),
    transaction: (work) => inTransaction(() => pool.connect(), copyInto, work),
    snapshot: (signal, work) => inHeldSnapshot(pool, signal, work),
    poolCounts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await pool.end();
      // Closing one that has ended may never return.
      if (!loss.reason()) await lite.close();
      await afterwards();
    },
  };
  return trace ? traceSessions(trace, database) : database;
}

/** COPY over the wire protocol ends PGlite; its own way is a blob that stands where a file would. */
function copyWith(lite: UsedPglite): CopyInto {
  return async (_client, table, columns, chunks) => {
    let rows = 0;
    for await (const text of batched(chunks)) {
      const result = await lite.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], {
        blob: new Blob([text]),
      });
      rows += result.affectedRows ?? 0;
    }
    return rows;
  };
}

/** A class of client for `pg.Pool`, each with a connection of its own: one that was ended cannot be used again. */
function clientOf(connect: () => UsedPglite): typeof pg.Client {
  return class EmbeddedClient extends pg.Client {
    constructor(config: pg.ClientConfig) {
      super({ ...config, ...createPgConfig(connect() as PGlite) } as pg.ClientConfig);
      // What it breaks with is the reason of every query that is rejected, and it may break where there is none.
      this.on('error', () => {});
    }
  };
}

/** Small, because a batch is in memory several times, and progress is told between two of them. */
const batchCharacters = 1_000_000;

async function* batched(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let batch: string[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    batch.push(chunk);
    size += chunk.length;
    if (size >= batchCharacters) {
      yield batch.join('');
      batch = [];
      size = 0;
    }
  }
  if (size > 0) yield batch.join('');
}
