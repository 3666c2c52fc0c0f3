import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { runPrimary } from '../../gateway/workers/primary/run-primary.js';
import { readStartValues } from '../../gateway/workers/start-values.js';
import { runWorker } from '../../gateway/workers/worker/run-worker.js';
import type { CliContext } from '../command.js';
import { showAddresses } from './show-addresses.js';

export interface ServeWithWorkersOptions extends Pick<CliContext, 'env' | 'stdout' | 'signal' | 'now'> {
  readonly config: Config;
  readonly workers: number;
  readonly log: Logger;
  readonly drainDelayMs: number;
}

/** The program of the first process, and of each worker that it starts. */
export async function serveWithWorkers(options: ServeWithWorkersOptions): Promise<number> {
  const { config, workers, log, now, env, stdout, signal, drainDelayMs } = options;
  const start = readStartValues(env);
  if (start) await runWorker({ config, start, log, now, signal, drainDelayMs });
  else
    await runPrimary({
      config,
      workers,
      log,
      now,
      signal,
      onListening: (url) => showAddresses(stdout, url, config),
      onReady: () => void stdout.write('Ready.\n'),
    });
  return 0;
}
