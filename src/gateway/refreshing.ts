import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { missingViewAdvice } from '../database/migrations/missing-views.js';
import { type Cadence, createCadence } from '../refresh/cadence.js';
import { listUnpublished } from '../refresh/describe.js';
import { startMakingPartitions } from '../refresh/partitions.js';
import type { refreshViews } from '../refresh/refresh-views.js';
import { createScheduler, type Scheduler } from '../refresh/scheduler.js';
import { createWatcher, type Watcher } from '../refresh/watcher.js';
import { findGeneration } from '../views/freshness.js';
import type { Source } from '../views/reading.js';
import type { PublicationPlan } from '../views/view-freshness.js';
import type { Pools } from './databases/pools.js';

/** What keeps the views fresh while the gateway runs, and knows what they show. */
export interface Refreshing extends PublicationPlan {
  readonly watcher: Watcher;
  /** The first scheduled refresh after `asOf` that publishes any of `sources`; null if none is scheduled. */
  nextAfter(asOf: Date, sources: ReadonlySet<Source>): Date | null;
  /** Whether some of these have a schedule of their own. */
  hasOwnSchedule(sources: ReadonlySet<Source>): boolean;
  /** To be called once the database is ready. Knows from then on what is shown and what is planned. */
  start(): void;
  /** Refreshes by the schedule from now on, and makes partitions. To be called after `start`. */
  lead(): void;
  stop(): Promise<void>;
}

export interface RefreshingOptions {
  readonly config: Config;
  readonly pools: Pools;
  readonly refresh: typeof refreshViews;
  readonly log: Logger;
  readonly now: () => Date;
}

export function createRefreshing({ config, pools, refresh, log, now }: RefreshingOptions): Refreshing {
  const watcher = createWatcher({
    listenUrl: (config.databaseDirectUrl ?? config.databaseUrl)?.reveal() ?? null,
    findGeneration: () => findGeneration(pools.monitoring.reader),
  });
  watcher.onGeneration(({ generation, asOf }) => log.debug({ generation, asOf }, 'new generation'));
  const cadence = createCadence(config.viewSchedules);
  let isLeading = false;
  const scheduler =
    config.refreshSchedule === null
      ? null
      : scheduleRefreshes([config.refreshSchedule, ...cadence.schedules], {
          pools,
          refresh,
          log,
          now,
          watcher,
          cadence,
          takesTicks: () => isLeading,
        });
  let stopMakingPartitions = () => {};
  return {
    watcher,
    nextDue: cadence.nextDue,
    nextPublication: (view) => cadence.nextDue(view, now()) ?? scheduler?.nextRun() ?? null,
    nextAfter(asOf, sources) {
      let first: Date | null = null;
      for (const source of sources) {
        const due = source === 'engine' ? null : cadence.nextDue(source, asOf);
        if (due === null) return scheduler?.nextRun(asOf) ?? null;
        if (first === null || due < first) first = due;
      }
      return first ?? scheduler?.nextRun(asOf) ?? null;
    },
    hasOwnSchedule(sources) {
      if (cadence.schedules.length === 0) return false;
      for (const source of sources) if (source !== 'engine' && cadence.hasOwnSchedule(source)) return true;
      return false;
    },
    start() {
      watcher.start();
      scheduler?.start();
    },
    lead() {
      isLeading = true;
      stopMakingPartitions = startMakingPartitions(pools.refresh, (error) =>
        log.warn({ err: error }, 'creating partitions failed'),
      );
    },
    async stop() {
      await scheduler?.stop();
      await watcher.stop();
      stopMakingPartitions();
    },
  };
}

function scheduleRefreshes(
  schedules: readonly string[],
  options: Omit<RefreshingOptions, 'config'> & {
    readonly watcher: Watcher;
    readonly cadence: Cadence;
    readonly takesTicks: () => boolean;
  },
): Scheduler {
  const { pools, refresh, log, now, watcher, cadence, takesTicks } = options;
  return createScheduler({
    schedules,
    now,
    takesTicks,
    lastRefresh: () => findGeneration(pools.database.reader),
    refresh: (signal, tick, last) =>
      refresh(pools.refresh, {
        trigger: 'schedule',
        wait: false,
        signal,
        since: tick,
        postponed: cadence.listPostponed(last, tick),
      }),
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
