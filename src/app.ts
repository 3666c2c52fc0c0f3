import type pino from 'pino';
import { createLoaders } from './analytics/loaders.js';
import { createAuthenticator } from './auth/authenticate.js';
import { schemaFor } from './auth/visible-schema.js';
import type { Config } from './config/config.js';
import type { Database } from './database/database.js';
import { createGraphql } from './graphql/create-graphql.js';
import { createServer } from './http/server.js';
import { openDirectDatabase, openReserve } from './open-database.js';
import { startMakingPartitions } from './refresh/partitions.js';
import { refreshViews } from './refresh/refresh-views.js';
import { type Scheduler, startScheduler } from './refresh/scheduler.js';
import { startWatcher, type Watcher } from './refresh/watcher.js';
import { createSchema } from './schema.js';
import { startUp } from './start-up.js';
import { findGeneration } from './views/freshness.js';
import { defaultStalenessHours, describeFreshness } from './views/view-freshness.js';

/** A gateway that runs, or is about to. */
export interface App {
  /** Where it listens; known once `listen` has been called. */
  listen(): Promise<string>;
  /** Settles when the gateway can serve for the first time. */
  readonly ready: Promise<void>;
  /** Finishes what is running, and ends everything that the gateway started. The database is closed too. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  /** Opened by the caller, closed by the app. */
  readonly database: Database;
  readonly log: pino.Logger;
  readonly now?: () => Date;
}

/** Puts the gateway together. The only place that knows all its rooms. */
export async function createApp({ config, database, log, now = () => new Date() }: AppOptions): Promise<App> {
  const stopping = new AbortController();
  const start = startUp(
    database,
    async () => (database.kind === 'embedded' ? database : openDirectDatabase(config)),
    stopping.signal,
    (problem) => log.warn({ problem }, 'not ready'),
  );

  let scheduler: Scheduler | null = null;
  let watcher: Watcher | null = null;
  let stopMakingPartitions = () => {};
  void start.done.then(() => {
    if (stopping.signal.aborted) return;
    stopMakingPartitions = startMakingPartitions(database, (error) =>
      log.warn({ err: error }, 'partitions could not be made ahead'),
    );
    watcher = startWatcher({
      listenUrl: (config.databaseDirectUrl ?? config.databaseUrl)?.reveal() ?? null,
      findGeneration: () => findGeneration(database),
      onGeneration: ({ generation, asOf }) => log.debug({ generation, asOf }, 'the views moved'),
    });
    if (config.refreshSchedule === null) return;
    scheduler = startScheduler({
      schedule: config.refreshSchedule,
      now,
      lastRefresh: async () => {
        const generation = await findGeneration(database);
        return generation ? new Date(generation.finishedAt) : null;
      },
      refresh: (signal) => refreshViews(database, { trigger: 'schedule', wait: false, signal }),
      onRefresh: ({ outcome, generation, durationMs }) =>
        log.debug({ outcome, generation, durationMs }, 'refresh'),
      onFailure: (error, failures) => log.error({ err: error, failures }, 'refresh failed'),
    });
  });

  const reserve = openReserve(config, database);
  const schema = await createSchema();
  const graphql = await createGraphql({
    schemas: { public: schemaFor(schema, 'public'), operator: schemaFor(schema, 'operator') },
    log,
    context: (request) => ({
      ...request,
      now,
      database,
      reserve,
      loaders: createLoaders(database),
      listFreshness: async () =>
        describeFreshness(
          await findGeneration(database),
          now(),
          defaultStalenessHours,
          scheduler?.nextRun() ?? null,
        ),
      refresh: () => refreshViews(database, { trigger: 'graphql', wait: true }),
    }),
  });
  const server = await createServer({
    config,
    graphql,
    authenticate: createAuthenticator(config, { now }),
    checkReadiness: () => start.checkReadiness(),
    log,
  });

  return {
    listen: () => server.listen(),
    ready: start.done,
    async close() {
      stopping.abort();
      await server.close();
      await scheduler?.stop();
      await watcher?.stop();
      stopMakingPartitions();
      await start.done;
      await graphql.stop();
      if (reserve !== database) await reserve.close();
      await database.close();
    },
  };
}
