import { fileURLToPath } from 'node:url';
import type pino from 'pino';
import type { AnalyticsContext } from '../analytics/context.js';
import { createLoaders } from '../analytics/loaders.js';
import { createAudit } from '../auth/audit.js';
import { createAuthenticator } from '../auth/authenticate.js';
import { publicViewer } from '../auth/viewer.js';
import { schemaFor } from '../auth/visible-schema.js';
import { createResponseCache } from '../cache/response-cache.js';
import type { Config } from '../config/config.js';
import type { Database } from '../database/database.js';
import { Asker } from '../database/execution/asker.js';
import { missingViewAdvice } from '../database/migrations/missing-views.js';
import type { Reader } from '../database/reader/reader.js';
import type { Cancellation } from '../database/resilience/cancellation.js';
import { type LiveDemo, startLiveDemo } from '../demo/live.js';
import { findLivingWorld } from '../demo/living.js';
import { costPlugin } from '../graphql/apollo/cost-plugin.js';
import { createGraphql } from '../graphql/apollo/create-graphql.js';
import { refusalsPlugin } from '../graphql/apollo/refusals-plugin.js';
import { createSharedOperations } from '../graphql/documents/shared-operations.js';
import { askShared, type FailedExecution } from '../graphql/execution/shared-run.js';
import type { RequestContext } from '../graphql/request-context.js';
import { SharedAnswers } from '../http/answers/shared-answers.js';
import { countRequests } from '../http/logs/count-requests.js';
import { createAdmission } from '../http/overload/admission.js';
import { createRateGate } from '../http/overload/rate-gate.js';
import { createClientNames } from '../http/requests/client-names.js';
import { metricsRoutes } from '../http/routes/metrics.js';
import { createServer } from '../http/server.js';
import { createDocumentGuard } from '../limits/documents/document-guard.js';
import { readTrustedDocuments } from '../limits/documents/trusted-documents.js';
import { createWorkloadAdvice } from '../monitoring/advice/advise-workload.js';
import type { GatewayEvents } from '../monitoring/alerts/events.js';
import { createBufferCacheReader } from '../monitoring/diagnosis/server/buffer-cache.js';
import { createExplainer } from '../monitoring/explain/explain-document.js';
import { createMaintenance } from '../monitoring/maintenance/maintain.js';
import { observe } from '../monitoring/observation/observe.js';
import { listUnpublished } from '../refresh/describe.js';
import { joinRunning } from '../refresh/join-running.js';
import { startMakingPartitions } from '../refresh/partitions.js';
import { refreshViews } from '../refresh/refresh-views.js';
import { type Scheduler, startScheduler } from '../refresh/scheduler.js';
import { startWatcher, type Watcher } from '../refresh/watcher.js';
import { createSchema } from '../schema/schema.js';
import { findGeneration } from '../views/freshness.js';
import { recordReads } from '../views/reading.js';
import { describeFreshness } from '../views/view-freshness.js';
import { openDirectDatabase, openMonitoringPool, openRefreshPool } from './open-database.js';
import { startUp } from './start-up.js';

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
}

/** How much memory the operations that everybody may ask for may take, in bytes. */
const sharedOperationBytes = 48_000_000;

/** What the published operations are trusted by, unless another file is named. */
const ownTrustedDocuments = fileURLToPath(new URL('../../schema/trusted-documents.json', import.meta.url));

/** Puts the gateway together. The only place that knows all its rooms. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, database, log, now = () => new Date(), drainDelayMs = 0 } = options;
  const stopping = new AbortController();
  const openDirect = async () => (database.kind === 'embedded' ? database : openDirectDatabase(config));
  const monitoringPool = openMonitoringPool(config, database);
  const refreshPool = openRefreshPool(config, database);
  const cache = createResponseCache<FailedExecution>({
    maxBytes: config.responseCacheMegabytes * 1_000_000,
    staleLimitMs: config.staleLimitSeconds * 1000,
    // Nobody but this process can move the views of the embedded database.
    silentMs: () => (database.kind === 'embedded' ? 0 : (watcher?.silentMs() ?? 0)),
    look: async () => watcher?.look(),
    runLimitMs: config.requestLimitSeconds * 1000,
  });
  let scheduler: Scheduler | null = null;
  let watcher: Watcher | null = null;
  let stopMakingPartitions = () => {};
  const observation = observe({
    database,
    monitoringPool,
    log,
    now,
    elapsedMs: () => performance.now(),
    cacheCounts: () => cache.stats(),
    generation: () => (watcher && Number.isFinite(watcher.silentMs()) ? watcher.current() : undefined),
    listFreshness: async (through, stalenessHours) =>
      describeFreshness(await findGeneration(through), now(), stalenessHours, scheduler?.nextRun() ?? null),
  });
  const refreshNow = joinRunning(async () => {
    const result = await refreshViews(refreshPool, { trigger: 'graphql', wait: true });
    // Whoever refreshed sees the new numbers with the next question.
    await watcher?.look();
    await cache.settled();
    return result;
  });
  const maintenance = createMaintenance({ openDirect, now });
  const bufferCacheReader = createBufferCacheReader(now);
  // An audit line is written whatever the level of the log is.
  const auditLog = log.child({}, { level: 'info' });
  /** Asked for by their hashes from the first moment on, whether or not others may be asked for, too. */
  const published = readTrustedDocuments(config.trustedDocumentsFile ?? ownTrustedDocuments);
  const guard = createDocumentGuard({
    limits: config.limits,
    trusted: config.trustedDocumentsOnly ? published : null,
    allowsIntrospection: config.describesSchema,
  });
  const explainer = createExplainer({
    monitoringPool,
    documentFault: (text) => guard.check(text, 'operator'),
  });
  const adviseWorkload = createWorkloadAdvice({ monitoringPool });
  const contextOver = (reader: Reader, monitoringReader: Reader) => (request: RequestContext) => ({
    ...request,
    now,
    reader,
    monitoringReader,
    databaseKind: database.kind,
    loaders: createLoaders(reader),
    listFreshness: () => observation.listFreshness(reader),
    observation,
    refresh: refreshNow,
    maintenance,
    bufferCacheReader,
    audit: createAudit({
      viewer: request.viewer,
      requestId: request.requestId,
      now,
      write: (line) => auditLog.info(line, 'audit'),
    }),
    explainer,
    adviseWorkload,
    contextOver: (other: Reader): unknown => contextOver(other, other)(request),
  });
  const schema = await createSchema();
  const never = new AbortController().signal;
  /** Of an execution for everybody: as the public, under nobody's request, and with what the views need and no more. */
  const sharedContext = (signal: Cancellation, asker?: Asker) => {
    const reading = recordReads(database.readerFor({ signal, asker }));
    const context = {
      viewer: publicViewer,
      requestId: 'shared',
      signal: never,
      log,
      reader: reading.reader,
      loaders: createLoaders(reading.reader),
    } satisfies RequestContext & AnalyticsContext;
    return { context, reading };
  };
  const rate = config.limitsRate
    ? createRateGate({
        limits: config.limits,
        trustProxy: config.trustProxy,
        elapsedMs: () => performance.now(),
      })
    : null;
  const graphql = await createGraphql({
    schemas: { public: schemaFor(schema, 'public'), operator: schemaFor(schema, 'operator') },
    log,
    context: (request) => {
      const { signal, client = null } = request;
      const reader = database.readerFor({ signal, asker: new Asker(client) });
      return contextOver(reader, monitoringPool.readerFor({ signal }))(request);
    },
    plugins: [refusalsPlugin(observation.exposition.requests.rejected), costPlugin(config.limits)],
    maxTokens: {
      public: Math.max(config.limits.public.tokens, config.limits.listener.tokens),
      operator: config.limits.operator.tokens,
    },
    published,
    describesSchema: config.describesSchema,
  });
  const operations = createSharedOperations({
    schema: schemaFor(schema, 'public'),
    maxTokens: config.limits.public.tokens,
    maxBytes: sharedOperationBytes,
    isRefused: (text, document) => guard.checkParsed(text, document, 'public') !== null,
  });
  const answers = new SharedAnswers({
    cache,
    persisted: graphql.persisted.public,
    costLimit: config.limits.public.cost,
    onRefused: observation.exposition.requests.rejected,
    plan: { now, nextAfter: (asOf) => scheduler?.nextRun(asOf) ?? null },
    find({ text, operationName, variables }) {
      const operation = operations.find(text, operationName);
      return operation && askShared(operation, variables, sharedContext, config.limits.public);
    },
  });
  const admission = createAdmission({
    atOnce: config.requestsAtOnce,
    atLeast: Math.max(64, 2 * config.databaseConnections),
  });
  const server = await createServer({
    config,
    graphql,
    answers,
    authenticate: createAuthenticator(config, { now }),
    checkReadiness: async () =>
      stopping.signal.aborted
        ? { ready: false, reasons: ['The gateway is stopping.'] }
        : start.checkReadiness(),
    log,
    plugins: [countRequests(observation.exposition.requests), metricsRoutes(observation.exposition)],
    admission,
    limits: { tiers: config.limits, guard, rate, clients: createClientNames(config.trustProxy) },
    onRateLimited: () => observation.exposition.requests.rejected('RATE_LIMITED'),
    onOverload: () => observation.exposition.requests.rejected('OVERLOAD'),
    connectionLimits: config.connectionLimits,
    onUnfinished: () => observation.exposition.requests.rejected('UNFINISHED'),
    requestLimitMs: config.requestLimitSeconds * 1000,
    drainDelayMs,
    onAnswered: (status, durationMs) =>
      observation.exposition.requests.answered('/graphql', status, durationMs),
  });

  // Only now does anything begin that would have to be ended again, had one of the parts above not been made.
  const start = startUp({ database, refreshPool, openDirect }, stopping.signal, (problem) =>
    log.warn({ problem }, 'not ready'),
  );
  void start.done.then(() => {
    if (stopping.signal.aborted) return;
    stopMakingPartitions = startMakingPartitions(refreshPool, (error) =>
      log.warn({ err: error }, 'partitions could not be made ahead'),
    );
    watcher = startWatcher({
      listenUrl: (config.databaseDirectUrl ?? config.databaseUrl)?.reveal() ?? null,
      findGeneration: () => findGeneration(monitoringPool.reader),
      onGeneration: (generation) => {
        log.debug({ generation: generation.generation, asOf: generation.asOf }, 'the views moved');
        void cache.showGeneration(generation);
      },
    });
    observation.start();
    if (config.refreshSchedule === null) return;
    scheduler = startScheduler({
      schedule: config.refreshSchedule,
      now,
      lastRefresh: async () => {
        const generation = await findGeneration(database.reader);
        return generation ? new Date(generation.finishedAt) : null;
      },
      refresh: (signal) => refreshViews(refreshPool, { trigger: 'schedule', wait: false, signal }),
      onRefresh: (result) => {
        const { outcome, generation, durationMs } = result;
        log.debug({ outcome, generation, durationMs }, 'refresh');
        const missing = listUnpublished(result);
        if (missing.length > 0)
          log.error({ missing }, `a materialized view is missing: ${missingViewAdvice}`);
        void watcher?.look();
      },
      onFailure: (error, failures) => log.error({ err: error, failures }, 'refresh failed'),
    });
  });

  const demo = start.done.then(async () => {
    if (stopping.signal.aborted || !config.demoLive) return null;
    const world = await findLivingWorld(database).catch((error) => {
      log.warn({ err: error }, 'the demo could not be looked at');
      return null;
    });
    if (!world || stopping.signal.aborted) return null;
    const onFailure = (error: unknown) =>
      log.warn({ err: error }, 'the demo pauses: its plays could not be written');
    return startLiveDemo({ database, world, now, onFailure });
  });

  return {
    listen: () => server.listen(),
    ready: start.done,
    events: observation.events,
    demo,
    async close() {
      stopping.abort();
      await (await demo)?.stop();
      await server.close();
      admission.stop();
      await scheduler?.stop();
      await watcher?.stop();
      stopMakingPartitions();
      await observation.stop();
      await start.done;
      await graphql.stop();
      await Promise.all([...new Set([monitoringPool, refreshPool, database])].map((each) => each.close()));
    },
  };
}
