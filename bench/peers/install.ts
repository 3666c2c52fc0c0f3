import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
/** What npm writes of what it has installed. */
const installedLock = 'node_modules/.package-lock.json';

/** Installs what the peers are made of, the first time. */
export function installPeers(say: (text: string) => void): void {
  if (isInstalled()) return;
  say('installing the peers');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`Expected npm ci to install the peers, got exit code ${status}`);
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

const read = (file: string) => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Lock).packages;

function isInstalled(): boolean {
  if (!existsSync(path.join(folder, installedLock))) return false;
  const there = read(installedLock);
  return Object.entries(read('package-lock.json')).every(
    ([name, { version, optional }]) =>
      name === '' || there[name]?.version === version || (optional && !there[name]),
  );
}

/** The packages that the measurement names, with the versions that are installed. */
export function versions(): Record<string, string> {
  const packages = read('package-lock.json');
  const own = packages[''] as { dependencies?: object; optionalDependencies?: object };
  const names = Object.keys({ ...own.dependencies, ...own.optionalDependencies });
  return Object.fromEntries(
    names.map((name) => [name, packages[`node_modules/${name}`]?.version ?? 'not there']),
  );
}
