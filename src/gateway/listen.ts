import type { Config } from '../config/config.js';
import type { App } from './app.js';

/**
 * Lets the gateway listen; closes it where it cannot.
 * @throws Error that says what to do where the port is taken
 */
export async function listen(app: App, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  try {
    return await app.listen();
  } catch (error) {
    await app.close();
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Something else listens on ${host}:${port}. Stop it, or set PORT to another one; PORT=0 takes any that is free.`,
    );
  }
}
