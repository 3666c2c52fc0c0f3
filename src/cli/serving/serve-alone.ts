import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { playsPerSecond } from '../../demo/live.js';
import { listen } from '../../gateway/listen.js';
import { openApp } from '../../gateway/open-app.js';
import { whenStopped } from '../../gateway/when-stopped.js';
import type { CliContext } from '../command.js';
import { showAddresses } from './show-addresses.js';
import { showStart } from './show-start.js';

export interface ServeAloneOptions extends Pick<CliContext, 'stdout' | 'stderr' | 'signal' | 'now'> {
  readonly config: Config;
  readonly log: Logger;
  readonly drainDelayMs: number;
}

/** The gateway in one process. */
export async function serveAlone(options: ServeAloneOptions): Promise<number> {
  const { config, log, now, stdout, stderr, signal, drainDelayMs } = options;
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
  showAddresses(stdout, await listen(app, config), config, operatorKey);
  void app.demo.then((demo) => {
    if (signal.aborted) return;
    if (demo)
      stdout.write(
        `Demo                  plays keep arriving, about ${playsPerSecond} a second, later a minute (DEMO_LIVE=off ends that)\n`,
      );
    stdout.write('Ready.\n');
  });

  const lost = await Promise.race([whenStopped(signal), app.lost]);
  if (lost) log.fatal({ err: lost }, 'the gateway ends: it has lost its database');
  await app.close();
  return lost ? 1 : 0;
}
