import type pino from 'pino';
import { createAuthenticator } from '../auth/authenticate.js';
import { createResponseCache } from '../cache/response-cache.js';
import type { Config } from '../config/config.js';
import type { Database } from '../database/database.js';
import { startHousekeeping } from '../database/embedded/start-housekeeping.js';
import type { LiveDemo } from '../demo/live.js';
import { createPurger } from '../edge/purger.js';
import type { FailedExecution } from '../graphql/execution/shared-run.js';
import { createAdmission } from '../http/overload/admission.js';
import { createRateGate } from '../http/overload/rate-gate.js';
import { createClientNames } from '../http/requests/headers/client-names.js';
import { exportRoutes } from '../http/routes/export.js';
import { metricsRoutes } from '../http/routes/metrics.js';
import { createServer } from '../http/server.js';
import { createDocumentGuard } from '../limits/documents/document-guard.js';
import { publishedQueries } from '../limits/documents/published-queries.js';
import { createWorkloadAdvice } from '../monitoring/advice/advise-workload.js';
import type { GatewayEvents } from '../monitoring/alerts/events.js';
import { createBufferCacheReader } from '../monitoring/diagnosis/server/buffer-cache.js';
import { createExplainer } from '../monitoring/explain/explain-document.js';
import { createMaintenance } from '../monitoring/maintenance/maintain.js';
import { type Observation, observe } from '../monitoring/observation/observe.js';
import { joinRunning } from '../refresh/join-running.js';
import { refreshViews } from '../refresh/refresh-views.js';
import type { Tracing } from '../tracing/tracing.js';
import { findGeneration } from '../views/freshness.js';
import { describeFreshness } from '../views/view-freshness.js';
import { createAlerting } from './alerting.js';
import { createContexts } from './contexts.js';
import { openReplicas } from './databases/open-replicas.js';
import { openPools } from './databases/pools.js';
import { createGraphqlParts, readPublished } from './graphql-parts.js';
import { createRefreshing } from './refreshing.js';
import { startDemo } from './start/demo.js';
import { createStartUp } from './start/start-up.js';
import type { Team } from './team.js';
import { createVerifying } from './verifying.js';

/** A gateway that runs, or is about to. */
export interface App {
  /** Where it listens; known once `listen` has been called. */
  listen(): Promise<string>;
  /** Settles when the gateway can serve for the first time. */
  readonly ready: Promise<void>;
  /** What happens in it that somebody may want to know: slow queries, errors, the pool, stale views. */
  readonly events: GatewayEvents;
  /** Plays that keep arriving in the demo data of an embedded database; null where there are none to invent. */
  readonly demo: Promise<LiveDemo | null>;
  /** Settles with the reason when the embedded database has ended by itself, so that nothing can be answered any more. */
  readonly lost: Promise<Error>;
  /** Finishes what is running, and ends everything that the gateway started. The database is closed too. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  /** Opened by the caller, closed by the app. */
  readonly database: Database;
  readonly log: pino.Logger;
  readonly now?: () => Date;
  /** How long connections stay open once it stops, so that their next answer can say that it is the last. */
  readonly drainDelayMs?: number;
  /** Makes traces of what happens; opened by the caller with the database, closed by the app. */
  readonly tracing?: Tracing | null;
  /** The other processes that answer on the same port; there are none unless set. */
  readonly team?: Team | undefined;
}

/**
 * Puts the gateway together: each part is made of the ones before it. Nothing that keeps the process alive is started
 * until all are made, so that a process whose gateway cannot be made ends.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, database, log, now = () => new Date(), drainDelayMs = 0, tracing = null, team } = options;
  const elapsedMs = () => performance.now();
  const stopping = new AbortController();

  const published = readPublished(config);
  const guard = createDocumentGuard({
    limits: config.limits,
    trusted: config.trustedDocumentsOnly ? published : null,
    allowsIntrospection: config.describesSchema,
  });
  const pools = openPools(config, database, tracing);
  const refresh = tracing ? tracing.refresh(refreshViews) : refreshViews;
  const refreshing = createRefreshing({ config, pools, refresh, log, now });
  const { watcher } = refreshing;
  const replicas = openReplicas({ config, pools, watcher, log, now, elapsedMs, tracing });
  const untracedCache = createResponseCache<FailedExecution>({
    maxBytes: config.responseCacheMegabytes * 1_000_000,
    staleLimitMs: config.staleLimitSeconds * 1000,
    // Nobody but this process can move the views of the embedded database.
    silentMs: () => (database.kind === 'embedded' ? 0 : watcher.silentMs()),
    look: watcher.look,
    readsReplicas: replicas !== null,
    elsewhere: team?.shownElsewhere(watcher.silentMs),
    runLimitMs: config.requestLimitSeconds * 1000,
  });
  const cache = tracing ? tracing.cache(untracedCache) : untracedCache;
  const purger = createPurger({
    urls: config.edgePurgeUrls.map((url) => url.reveal()),
    token: config.edgePurgeToken?.reveal() ?? null,
    log,
  });
  // Purge only once the cache shows the new generation, or the edge would fetch the old answers again.
  watcher.onGeneration((generation) => void cache.showGeneration(generation).then(purger.purge));

  const alerting = createAlerting({ config, log, now, elapsedMs });
  const verifying = createVerifying({ config, pools, log, now, elapsedMs });
  const own = observe({
    database,
    monitoringPool: pools.monitoring,
    log,
    now,
    elapsedMs,
    cacheCounts: () => cache.stats(),
    purgeCounts: purger.counts,
    onAlert: alerting.send,
    deliveryCounts: () => alerting.counts,
    replicas: replicas?.status,
    generation: () => (Number.isFinite(watcher.silentMs()) ? watcher.current() : undefined),
    nextDue: refreshing.nextDue,
    listFreshness: async (through, stalenessHours) =>
      describeFreshness(await findGeneration(through), now(), stalenessHours, refreshing),
    shared: team?.shared,
  });
  const observation: Observation = team ? team.addUp(own) : own;
  const requests = tracing
    ? tracing.answers(observation.exposition.requests)
    : observation.exposition.requests;
  const contexts = createContexts({
    pools,
    shared: replicas?.shared ?? database,
    personal: replicas?.personal ?? database,
    now,
    log,
    withholdUnder: config.withholdListenersUnder,
    services: {
      observation,
      maintenance: createMaintenance({ openDirect: pools.openDirect, now }),
      bufferCacheReader: createBufferCacheReader(now),
      explainer: createExplainer({
        monitoringPool: pools.monitoring,
        documentFault: (text) => guard.check(text, 'operator'),
      }),
      adviseWorkload: createWorkloadAdvice({ monitoringPool: pools.monitoring }),
      refresh: joinRunning(async () => {
        const result = await refresh(pools.refresh, { trigger: 'graphql', wait: true });
        // Wait until the cache shows the new numbers, so that the caller's next query gets them.
        await watcher.look();
        await cache.settled();
        return result;
      }),
    },
  });
  const parts = await createGraphqlParts({
    config,
    published,
    guard,
    contexts,
    cache,
    plan: refreshing,
    onRefused: requests.rejected,
    now,
    log,
    tracing,
  });
  const admission = createAdmission({
    atOnce: config.requestsAtOnce,
    atLeast: Math.max(64, 2 * config.databaseConnections),
  });
  const startUp = createStartUp(
    { database, refreshPool: pools.refresh, refresh, openDirect: pools.openDirect },
    stopping.signal,
    (problem) => log.warn({ problem }, 'not ready'),
  );
  const clients = createClientNames(config.trustProxy);
  const rate = config.limitsRate
    ? createRateGate({ limits: config.limits, clients, elapsedMs, share: team?.shareSpending })
    : null;
  const server = await createServer({
    config,
    graphql: parts.graphql,
    answers: parts.answers,
    published: publishedQueries(published),
    authenticate: createAuthenticator(config, { now }),
    checkReadiness: async () =>
      stopping.signal.aborted
        ? { ready: false, reasons: ['The gateway is stopping.'] }
        : startUp.checkReadiness(),
    log,
    metrics: requests,
    trace: tracing?.requests,
    plugins: [
      metricsRoutes(observation.exposition, config.withholdListenersUnder),
      exportRoutes({ schema: parts.schema, database: pools.exports, config, rate, clients }),
    ],
    admission,
    limits: {
      tiers: config.limits,
      guard: parts.guard,
      rate,
      clients,
    },
    connectionLimits: config.connectionLimits,
    connectionsAreHandedOver: team !== undefined,
    requestLimitMs: config.requestLimitSeconds * 1000,
    drainDelayMs,
  });

  const whenLeading = team?.whenLeading ?? ((begin: () => void) => begin());
  let stopHousekeeping = async () => {};
  const ready = startUp.run().then(() => {
    if (stopping.signal.aborted) return;
    refreshing.start();
    replicas?.start();
    whenLeading(() => {
      if (stopping.signal.aborted) return;
      refreshing.lead();
      verifying?.start();
      observation.start();
    });
    if (database.kind === 'embedded')
      stopHousekeeping = startHousekeeping(database, (error) =>
        log.warn({ err: error }, 'the embedded database could not be vacuumed'),
      );
  });
  const demo = ready.then(() => (config.demoLive ? startDemo(database, log, now, stopping.signal) : null));

  return {
    listen: () => server.listen(),
    ready,
    events: observation.events,
    demo,
    lost: database.lost ?? new Promise(() => {}),
    async close() {
      stopping.abort();
      await (await demo)?.stop();
      await server.close();
      admission.stop();
      await Promise.all([refreshing.stop(), verifying?.stop()]);
      await purger.stop();
      await observation.stop();
      await alerting.stop();
      await ready;
      await stopHousekeeping();
      await parts.graphql.stop();
      await replicas?.close();
      await pools.close();
      await tracing?.close();
    },
  };
}
