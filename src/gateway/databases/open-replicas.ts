import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { openServer } from '../../database/server.js';
import type { Watcher } from '../../refresh/watcher.js';
import { createReplicas, type Replicas } from '../../replicas/replicas.js';
import type { Tracing } from '../../tracing/tracing.js';
import { publicReads } from './open-database.js';
import type { Pools } from './pools.js';

export interface OpenReplicasOptions {
  readonly config: Config;
  readonly pools: Pools;
  readonly watcher: Watcher;
  readonly log: Logger;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  readonly tracing: Tracing | null;
}

/** How long a look may take, in milliseconds. */
const lookLimitMs = 2_000;

/**
 * Opens the read replicas; null where none are set. With `DATABASE_DIRECT_URL` their URLs are taken to lead through a
 * transaction pooler, as `DATABASE_URL` does: what is sent then also suits a server without one. Does not connect yet.
 */
export function openReplicas(options: OpenReplicasOptions): Replicas | null {
  const { config, pools, watcher, log, now, elapsedMs, tracing } = options;
  if (config.databaseReadUrls.length === 0) return null;
  const replicas = config.databaseReadUrls.map(({ name, url }) => {
    const connectionString = url.reveal();
    const onIdleError = (error: Error) =>
      log.debug({ err: error, replica: name }, 'an idle connection broke');
    const reads = publicReads(config);
    return {
      name,
      reads: openServer({
        ...reads,
        connectionString,
        onIdleError,
        trace: tracing?.database({ pool: 'replica', connectionString }),
      }),
      looks: openServer({
        readsOnly: true,
        isPooled: reads.isPooled,
        connectionString,
        onIdleError,
        poolSize: 1,
        statementTimeoutMs: lookLimitMs,
        waitLimitMs: lookLimitMs,
        applicationName: 'mycelix-analytics replica',
      }),
    };
  });
  const opened = createReplicas({
    primary: pools.database,
    primaryReader: pools.monitoring.reader,
    replicas,
    ledger: {
      announced: () => watcher.current()?.state ?? null,
      silentMs: watcher.silentMs,
      look: watcher.look,
    },
    staleLimitMs: config.staleLimitSeconds * 1000,
    log,
    now,
    elapsedMs,
  });
  watcher.onGeneration(opened.onGeneration);
  return opened;
}
