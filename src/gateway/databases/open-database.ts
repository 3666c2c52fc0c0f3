import type { Config } from '../../config/config.js';
import type { Database } from '../../database/database.js';
import { openServer, type ServerOptions } from '../../database/server.js';
import type { DatabaseTrace } from '../../database/tracing/database-trace.js';
import type { Tracing } from '../../tracing/tracing.js';

/**
 * Opens the database that the configuration names, for public reads: named queries on a server are read-only.
 * Does not connect yet.
 */
export async function openDatabase(
  config: Config,
  onIdleError?: (error: Error) => void,
  tracing: Tracing | null = null,
): Promise<Database> {
  const connectionString = config.databaseUrl?.reveal();
  const trace = tracing?.database({ pool: 'public', connectionString });
  return connectionString
    ? openServer({
        ...publicReads(config),
        connectionString,
        trace,
        onIdleError,
      })
    : openFolder(config.dataDir, trace);
}

/** How the public's questions are read, from any server. */
export function publicReads(config: Config): Omit<ServerOptions, 'connectionString'> {
  return {
    poolSize: config.databaseConnections,
    statementTimeoutMs: config.statementLimitSeconds * 1000,
    waitLimitMs: config.databaseWaitSeconds * 1000,
    queueLimit: config.databaseQueue,
    readsOnly: true,
    isPooled: config.databaseDirectUrl !== undefined,
    preparesStatements: config.preparesStatements,
  };
}

/** For what a transaction pooler cannot do: migrations, and everything that needs a session. */
export async function openDirectDatabase(config: Config): Promise<Database> {
  const connectionString = directUrl(config);
  return connectionString
    ? openServer({
        connectionString,
        poolSize: 2,
        connectionsPerRelation: 2,
        statementTimeoutMs: 0,
      })
    : openFolder(config.dataDir);
}

/** For refreshes and what else the gateway writes by itself. */
export function openRefreshPool(
  config: Config,
  database: Database,
  tracing: Tracing | null = null,
): Database {
  return openOwnPool('refresh', { config, database, tracing }, { poolSize: 3 });
}

/**
 * Few connections beside those that answer the public, so that the database can be looked at while they are all busy.
 */
export function openMonitoringPool(
  config: Config,
  database: Database,
  tracing: Tracing | null = null,
): Database {
  return openOwnPool(
    'monitoring',
    { config, database, tracing },
    { poolSize: 2, connectionsPerRelation: 2, statementTimeoutMs: 5_000 },
  );
}

/** For exports, whose transactions last as long as a download does. None of its connections is made before the first one. */
export function openExportPool(config: Config, database: Database, tracing: Tracing | null = null): Database {
  return openOwnPool(
    'export',
    { config, database, tracing },
    {
      poolSize: config.exportsAtOnce,
      statementTimeoutMs: config.statementLimitSeconds * 1000,
      waitLimitMs: config.databaseWaitSeconds * 1000,
      readsOnly: true,
    },
  );
}

/**
 * For verifications, which may take minutes: one connection verifies, the other one cancels it or records why it failed.
 * Neither is made before the first verification.
 */
export function openVerificationPool(config: Config, database: Database): Database {
  return openOwnPool('verification', { config, database, tracing: null }, { poolSize: 2 });
}

/** A pool for one purpose, past any pooler. The embedded database is one session, which serves all purposes. */
function openOwnPool(
  purpose: 'refresh' | 'monitoring' | 'export' | 'verification',
  given: { readonly config: Config; readonly database: Database; readonly tracing: Tracing | null },
  options: Omit<ServerOptions, 'connectionString' | 'trace' | 'applicationName'>,
): Database {
  const connectionString = directUrl(given.config);
  if (!connectionString) return given.database;
  return openServer({
    ...options,
    connectionString,
    trace: given.tracing?.database({ pool: purpose, connectionString }),
    applicationName: `mycelix-analytics ${purpose}`,
  });
}

/** PGlite is loaded only where it is used. */
async function openFolder(folder: string, trace?: DatabaseTrace): Promise<Database> {
  const { openEmbedded } = await import('../../database/embedded/embedded.js');
  return openEmbedded(folder, trace);
}

/** The server past any pooler; undefined for the embedded database. */
function directUrl(config: Config): string | undefined {
  return (config.databaseDirectUrl ?? config.databaseUrl)?.reveal();
}
