import type { Logger } from 'pino';
import type { Config } from '../../../config/config.js';
import { ConfigurationError } from '../../../config/read-config.js';
import { addressOf, describeFailure } from '../../../database/failures/describe-failure.js';
import { listen } from '../../listen.js';
import { openApp } from '../../open-app.js';
import { whenStopped } from '../../when-stopped.js';
import { divideConfig } from '../divide-config.js';
import type { StartValues } from '../start-values.js';
import { joinTeam } from './worker-team.js';

export interface WorkerOptions {
  readonly config: Config;
  readonly start: StartValues;
  readonly log: Logger;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly drainDelayMs: number;
}

/** Runs one of several processes that answer on the same port, until it or all of them are told to stop. */
export async function runWorker({
  config,
  start,
  log,
  now,
  signal,
  drainDelayMs,
}: WorkerOptions): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  signal.addEventListener('abort', stop, { once: true });
  // It is for the primary process, and comes to all where a terminal is closed.
  process.on('SIGHUP', () => {});
  const team = joinTeam({ process, start, elapsedMs: () => performance.now(), onStop: stop });
  try {
    const { app } = await openApp({
      config: divideConfig(config, start.workers),
      log: log.child({ worker: start.number }),
      now,
      demo: false,
      signal: stopping.signal,
      drainDelayMs,
      team,
    });
    const stopped = whenStopped(stopping.signal);
    if (start.readyFirst) await Promise.race([app.ready, stopped]);
    if (!stopping.signal.aborted) team.listening(await listen(app, config));
    void app.ready.then(() => {
      if (!stopping.signal.aborted) team.ready();
    });
    await stopped;
    await app.close();
    await team.leave();
  } catch (error) {
    const message = error instanceof Error ? describeFailure(error, addressOf(config)) : String(error);
    await team.failed(message, error instanceof ConfigurationError ? error.faults : null);
  }
}
