import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../support/postgres.js';

const programs = '/usr/lib/postgresql/15/bin';
const extension = '/usr/share/postgresql/15/extension/hypopg.control';

/** Whether Debian's PostgreSQL 15 with HypoPG is on this machine: packages postgresql-15 and postgresql-15-hypopg. */
export const hasHypopg = existsSync(path.join(programs, 'postgres')) && existsSync(extension);

export interface HypopgServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a server of its own with both extensions ready to be created, as a user who is not root. */
export async function startHypopgServer(settings: readonly string[] = []): Promise<HypopgServer> {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), 'hypopg-'));
  const user = process.getuid?.() === 0 ? postgresUser() : null;
  chmodSync(folder, 0o755);
  if (user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  execFileSync(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    { ...user, stdio: 'ignore', cwd: folder },
  );
  const flags = [
    'fsync=off',
    'shared_preload_libraries=pg_stat_statements',
    'shared_buffers=256MB',
    ...settings,
  ].flatMap((setting) => ['-c', setting]);
  const server = spawn(
    path.join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, ...flags],
    { ...user, stdio: 'ignore', cwd: folder },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await answering(url);
  return {
    url,
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgresUser(): { readonly uid: number; readonly gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function answering(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (attempt === 200) throw error;
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
