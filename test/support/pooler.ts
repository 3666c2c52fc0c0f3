import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './postgres.js';

export interface Pooler {
  /** The same database through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** Starts PgBouncer in front of a server, with nothing ignored; it has to be installed. */
export async function startPooler(
  serverUrl: string,
  mode: 'transaction' | 'session' = 'transaction',
): Promise<Pooler> {
  const server = new URL(serverUrl);
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'pgbouncer-'));
  chmodSync(folder, 0o777);
  const users = path.join(folder, 'users.txt');
  writeFileSync(users, `"${server.username}" "${server.password}"\n`);
  const settings = path.join(folder, 'pgbouncer.ini');
  writeFileSync(
    settings,
    [
      '[databases]',
      `* = host=${server.hostname} port=${server.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      `auth_type = ${server.password === '' ? 'trust' : 'scram-sha-256'}`,
      `auth_file = ${users}`,
      `pool_mode = ${mode}`,
      'default_pool_size = 10',
      'max_client_conn = 500',
    ].join('\n'),
  );
  // It refuses to run as root.
  const words = process.getuid?.() === 0 ? ['-u', 'nobody', settings] : [settings];
  const child = spawn('pgbouncer', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  for (let attempt = 0; !(await isOpen(port)); attempt++) {
    if (attempt > 2_000 || child.exitCode !== null)
      throw new Error(`Expected PgBouncer to listen, got ${said || 'nothing'}`);
    await sleep(50);
  }
  return {
    through(url) {
      const changed = new URL(url);
      changed.port = String(port);
      changed.hostname = '127.0.0.1';
      return changed.href;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
