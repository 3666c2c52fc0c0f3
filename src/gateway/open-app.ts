import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { Tracing } from '../tracing/tracing.js';
import { type App, createApp } from './app.js';
import { openDatabase } from './databases/open-database.js';
import { announceOpening, prepareDemo, type Watching, withOperatorKey } from './start/embedded-start.js';
import type { Team } from './team.js';

export interface OpenAppOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly now: () => Date;
  /** Whether an embedded database that is empty is filled with demo data. */
  readonly demo: boolean;
  readonly watching?: Watching;
  /** Ends the making of demo data. */
  readonly signal?: AbortSignal;
  /** How long requests are still taken after the end was asked for, in milliseconds. */
  readonly drainDelayMs?: number;
  /** The other processes that answer on the same port; there are none unless set. */
  readonly team?: Team;
}

export interface OpenedApp {
  readonly app: App;
  /** The secret of the operator of an embedded database that was given none; otherwise null. */
  readonly operatorKey: string | null;
}

/**
 * Opens the database that the configuration names and makes a gateway over it, which does not listen yet. Whatever
 * fails, nothing stays open.
 */
export async function openApp(options: OpenAppOptions): Promise<OpenedApp> {
  const { config: given, now, demo, watching, signal, drainDelayMs, team } = options;
  const tracing = await openTracing(given, options.log);
  const log = tracing ? tracing.log(options.log) : options.log;
  if (!given.databaseUrl) announceOpening(given.dataDir, watching);
  const onIdleError = (error: Error) => log.warn({ err: error }, 'an idle connection broke');
  const database = await openDatabase(given, onIdleError, tracing).catch(async (error: unknown) => {
    await tracing?.close();
    throw error;
  });
  try {
    const isEmbedded = database.kind === 'embedded';
    const { config, operatorKey } = isEmbedded
      ? await withOperatorKey(given)
      : { config: given, operatorKey: null };
    if (isEmbedded && demo) await prepareDemo(database, now(), signal, watching);
    const app = await createApp({ config, database, log, now, drainDelayMs, tracing, team });
    return { app, operatorKey };
  } catch (error) {
    await database.close().catch(() => {});
    await tracing?.close();
    throw error;
  }
}

/** Null where no traces are wanted; then nothing that makes them is loaded. */
async function openTracing({ tracing }: Config, log: Logger): Promise<Tracing | null> {
  if (tracing === null) return null;
  const room = await import('../tracing/open-tracing.js');
  return room.openTracing(tracing, log);
}
