import { readConfig } from '../config/read-config.js';
import { playsPerSecond } from '../demo/live.js';
import { listen } from '../gateway/listen.js';
import { openApp } from '../gateway/open-app.js';
import { countWorkers } from '../gateway/workers/count-workers.js';
import { startVariable } from '../gateway/workers/start-values.js';
import { createLogger, screenOf } from '../http/logs/logger.js';
import type { Command } from './command.js';
import { showAddresses } from './show-addresses.js';
import { showStart } from './show-start.js';

/** Long enough for whoever polls every so often to hear of the end, in milliseconds. */
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
      const { serveWithWorkers } = await import('./serve-with-workers.js');
      return serveWithWorkers({ config, workers, log, now, env, stdout, signal, drainDelayMs });
    }
    if (config.workers === 'auto')
      log.info('one process answers: it owns the embedded database, or has one core');
    const watching = showStart(stderr, config);
    const { app, operatorKey } = await openApp({
      config,
      log,
      now,
      demo: true,
      watching,
      signal,
      drainDelayMs,
    });
    showAddresses(stdout, await listen(app, config));
    if (operatorKey) stdout.write(`Operator key          ${operatorKey}   (Authorization: Bearer …)\n`);
    void app.demo.then((demo) => {
      if (signal.aborted) return;
      if (demo)
        stdout.write(
          `Demo                  plays keep arriving, about ${playsPerSecond} a second, later a minute (DEMO_LIVE=off ends that)\n`,
        );
      stdout.write('Ready.\n');
    });

    const stopped = new Promise<null>((resolve) => {
      if (signal.aborted) resolve(null);
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });
    const lost = await Promise.race([stopped, app.lost]);
    if (lost) log.fatal({ err: lost }, 'the gateway ends: it has lost its database');
    await app.close();
    return lost ? 1 : 0;
  },
};
