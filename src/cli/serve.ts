import type { Config } from '../config/config.js';
import { readConfig } from '../config/read-config.js';
import { playsPerSecond } from '../demo/live.js';
import { openApp } from '../gateway/open-app.js';
import { createLogger, screenOf } from '../http/logs/logger.js';
import type { Command } from './command.js';
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
    const url = await app.listen().catch(async (error) => {
      await app.close();
      throw (error as { code?: string }).code === 'EADDRINUSE' ? portTaken(config) : error;
    });
    stdout.write(`Dashboard             ${url}/dashboard\n`);
    stdout.write(`GraphQL and Sandbox   ${url}/graphql\n`);
    stdout.write(`GraphiQL              ${url}/graphiql\n`);
    stdout.write(`Health                ${url}/healthz  ${url}/readyz\n`);
    if (operatorKey) stdout.write(`Operator key          ${operatorKey}   (Authorization: Bearer …)\n`);
    void app.demo.then((demo) => {
      if (signal.aborted) return;
      if (demo)
        stdout.write(
          `Demo                  plays keep arriving, about ${playsPerSecond} a second, later a minute (DEMO_LIVE=off ends that)\n`,
        );
      stdout.write('Ready.\n');
    });

    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await app.close();
    return 0;
  },
};

function portTaken({ host, port }: Config): Error {
  return new Error(
    `Something else listens on ${host}:${port}. Stop it, or set PORT to another one; PORT=0 takes any that is free.`,
  );
}
