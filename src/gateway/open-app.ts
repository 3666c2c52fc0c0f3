import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { type App, createApp } from './app.js';
import { announceOpening, prepareDemo, type Watching, withOperatorKey } from './embedded-start.js';
import { openDatabase } from './open-database.js';

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
  const { config: given, log, now, demo, watching, signal, drainDelayMs } = options;
  if (!given.databaseUrl) announceOpening(given.dataDir, watching);
  const database = await openDatabase(given, (error) => log.warn({ err: error }, 'an idle connection broke'));
  try {
    const isEmbedded = database.kind === 'embedded';
    const { config, operatorKey } = isEmbedded
      ? await withOperatorKey(given)
      : { config: given, operatorKey: null };
    if (isEmbedded && demo) await prepareDemo(database, now(), signal, watching);
    return { app: await createApp({ config, database, log, now, drainDelayMs }), operatorKey };
  } catch (error) {
    await database.close().catch(() => {});
    throw error;
  }
}
