import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { untilReady } from '../refresh/gateway-process.js';
import { loadFixture } from '../support/fixture.js';
import type { PostgresServer } from '../support/postgres.js';
import { startWords } from '../support/start-words.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
export const operatorSecret = 'the-secret-of-an-operator-in-the-tests';

/** A gateway as it is run in earnest, so that what is done to it ends nothing but it. */
export interface Gateway {
  readonly url: string;
  readonly pid: number;
  /** What it has logged so far. */
  readonly lines: readonly string[];
  isAlive(): boolean;
  /** @returns its exit code and how long its end took. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly durationMs: number }>;
}

/** Fills the server with the world of the tests. */
export async function prepareWorld(server: PostgresServer): Promise<void> {
  const database = openServer({ connectionString: server.url });
  await migrate(database);
  await loadFixture(database);
  await database.close();
}

/** Does something on a connection of its own, past the gateway. */
export async function aside<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

export async function startGateway(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  const child = spawn(process.execPath, startWords, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      REFRESH_SCHEDULE: 'off',
      OPERATOR_KEYS: `ada:${operatorSecret}`,
      LOG_LEVEL: 'error',
      // All of the load comes from one network.
      RATE_LIMIT: 'off',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const url = await untilReady(child, (piece) => lines.push(piece));
  return {
    url: new URL(url).origin,
    pid: child.pid as number,
    lines,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    async end(signal) {
      const start = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill(signal);
        await ended;
      }
      return { code: child.exitCode, durationMs: performance.now() - start };
    },
  };
}
