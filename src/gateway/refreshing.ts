import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { missingViewAdvice } from '../database/migrations/missing-views.js';
import { listUnpublished } from '../refresh/describe.js';
import { startMakingPartitions } from '../refresh/partitions.js';
import { refreshViews } from '../refresh/refresh-views.js';
import { createScheduler, type Scheduler } from '../refresh/scheduler.js';
import { createWatcher, type Watcher } from '../refresh/watcher.js';
import { findGeneration } from '../views/freshness.js';
import type { Pools } from './pools.js';

/** What keeps the views fresh while the gateway runs, and knows what they show. */
export interface Refreshing {
  readonly watcher: Watcher;
  /** The first planned refresh after `after` (now unless set); null without a schedule or before the start. */
  nextRun(after?: Date): Date | null;
  /** To be called once the database is ready. */
  start(): void;
  stop(): Promise<void>;
}

export interface RefreshingOptions {
  readonly config: Config;
  readonly pools: Pools;
  readonly log: Logger;
  readonly now: () => Date;
}

export function createRefreshing({ config, pools, log, now }: RefreshingOptions): Refreshing {
  const watcher = createWatcher({
    listenUrl: (config.databaseDirectUrl ?? config.databaseUrl)?.reveal() ?? null,
    findGeneration: () => findGeneration(pools.monitoring.reader),
  });
  watcher.onGeneration(({ generation, asOf }) => log.debug({ generation, asOf }, 'the views moved'));
  const scheduler =
    config.refreshSchedule === null
      ? null
      : scheduleRefreshes(config.refreshSchedule, { pools, log, now, watcher });
  let stopMakingPartitions = () => {};
  return {
    watcher,
    nextRun: (after) => scheduler?.nextRun(after) ?? null,
    start() {
      stopMakingPartitions = startMakingPartitions(pools.refresh, (error) =>
        log.warn({ err: error }, 'partitions could not be made ahead'),
      );
      watcher.start();
      scheduler?.start();
    },
    async stop() {
      await scheduler?.stop();
      await watcher.stop();
      stopMakingPartitions();
    },
  };
}

function scheduleRefreshes(
  schedule: string,
  { pools, log, now, watcher }: Omit<RefreshingOptions, 'config'> & { readonly watcher: Watcher },
): Scheduler {
  return createScheduler({
    schedule,
    now,
    lastRefresh: async () => {
      const generation = await findGeneration(pools.database.reader);
      return generation ? new Date(generation.finishedAt) : null;
    },
    refresh: (signal, since) =>
      refreshViews(pools.refresh, { trigger: 'schedule', wait: false, signal, since }),
    onRefresh: (result) => {
      const { outcome, generation, durationMs } = result;
      log.debug({ outcome, generation, durationMs }, 'refresh');
      const missing = listUnpublished(result);
      if (missing.length > 0) log.error({ missing }, `a materialized view is missing: ${missingViewAdvice}`);
      void watcher.look();
    },
    onFailure: (error, failures) => log.error({ err: error, failures }, 'refresh failed'),
  });
}
