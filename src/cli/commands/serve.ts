import { readConfig } from '../../config/read-config.js';
import { countWorkers } from '../../gateway/workers/count-workers.js';
import { startVariable } from '../../gateway/workers/start-values.js';
import { createLogger, screenOf } from '../../http/logs/logger.js';
import type { Command } from '../command.js';

/** Long enough for clients that poll to notice the shutdown, in milliseconds. */
const drainDelayMs = 500;

export const serve: Command = {
  name: 'serve',
  summary: 'Run the gateway until it is told to stop.',
  details:
    'Without DATABASE_URL: opens the embedded database, makes demo data the first time, and prints an operator key.',
  options: [],
  async run(_values, { env, stdout, stderr, signal, now }) {
    const config = readConfig(env);
    const log = createLogger(config, undefined, screenOf(stdout, env));
    const workers = countWorkers(config);
    if (workers > 1 || startVariable in env) {
      const { serveWithWorkers } = await import('../serving/serve-with-workers.js');
      return serveWithWorkers({ config, workers, log, now, env, stdout, signal, drainDelayMs });
    }
    if (config.workers === 'auto')
      log.info('one process answers: it owns the embedded database, or has one core');
    if (!config.databaseUrl) await compileEarly();
    const { serveAlone } = await import('../serving/serve-alone.js');
    return serveAlone({ config, log, now, stdout, stderr, signal, drainDelayMs });
  },
};

/** Begins what takes other threads before everything else is loaded. Whether it failed shows when the database is opened. */
async function compileEarly(): Promise<void> {
  const { compiledPglite } = await import('../../database/embedded/compiled-pglite.js');
  compiledPglite().catch(() => {});
}
